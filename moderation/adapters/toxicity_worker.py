"""The toxicity worker, a process of its own and the only module that touches torch and Detoxify.

Started as `python -m moderation.adapters.toxicity_worker WEIGHTS` with a socket as standard input. Once the model is
loaded it says `{"ready": true}` and answers each line `{"texts": [...]}`; or it says `{"fault": code}` and ends. It
ends with the socket, so it never outlives the server, and writes nothing anywhere else.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import pickle
import re
import signal
import socket
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch
from detoxify.detoxify import MODEL_URLS, Detoxify

from moderation.adapters.toxicity_process import SAFE
from moderation.core.toxicity import CHECKPOINT, CONFIG, MANIFEST, Fault, Label, batches, highest, readable, windows

NICENESS = 10  # chat comes first on the same machine
# Models whose positions are counted from the padding id upwards, so that many of them are never used.
OFFSET_POSITIONS = frozenset({"roberta", "xlm-roberta"})


class LoadError(Exception):
    """The weights were refused; `fault` says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


def sha256(path: Path) -> str:
    """SHA-256 of one file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def digests(weights: Path) -> dict[str, str]:
    """SHA-256 of the checkpoint and of every file under config/, by path inside the weights folder."""
    files = [weights / CHECKPOINT, *sorted(path for path in (weights / CONFIG).rglob("*") if path.is_file())]
    return {path.relative_to(weights).as_posix(): sha256(path) for path in files}


def official_prefix(model: str) -> str:
    """First digits of the SHA-256 that Detoxify's own file name gives for one of its models; "" for any other."""
    named = re.search(r"-([0-9a-f]{8,})\.ckpt$", MODEL_URLS.get(model, ""))
    return named.group(1) if named else ""


def verify(weights: Path) -> None:
    """Refuse weights that are not, file for file, what the manifest says. Raises LoadError.

    A model that carries an official name must also have the official hash, whatever the manifest says.
    """
    try:
        manifest = json.loads((weights / MANIFEST).read_text("utf-8"))
        found = digests(weights)
        wrong = manifest["files"] != found or not found[CHECKPOINT].startswith(official_prefix(manifest["model"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise LoadError(Fault.BAD_WEIGHTS) from error
    if wrong:
        raise LoadError(Fault.HASH_MISMATCH)


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a checkpoint says of itself: the model it is made for, and the tensors it brings."""

    base: str
    tokenizer: str
    classes: int
    tensors: Mapping[str, Any] = field(repr=False)


def peek(path: Path) -> Checkpoint:
    """Open a checkpoint that may hold nothing but tensors and plain values. Raises LoadError."""
    try:
        loaded = torch.load(path, map_location="cpu", weights_only=True, mmap=zipfile.is_zipfile(path))
    except pickle.UnpicklingError as error:
        raise LoadError(Fault.UNSAFE_CHECKPOINT) from error
    except (OSError, RuntimeError, EOFError, ValueError) as error:
        raise LoadError(Fault.BAD_WEIGHTS) from error
    try:
        made_for = loaded["config"]["arch"]["args"]
        return Checkpoint(
            made_for["model_type"], made_for["tokenizer_name"], int(made_for["num_classes"]), loaded["state_dict"]
        )
    except (KeyError, TypeError, ValueError) as error:
        raise LoadError(Fault.BAD_WEIGHTS) from error


@contextlib.contextmanager
def local_name(base: str, config: Path) -> Iterator[None]:
    """Make `base` ("roberta-base") name our own folder while inside: see docs/decisions/0011.

    Detoxify looks its base model up by name even when it is given the files; a folder of that name in the current
    directory is found before the network. The checkpoint itself stays byte for byte what was published.
    """
    if not re.fullmatch(r"\w[\w.-]*(/\w[\w.-]*)?", base):
        raise LoadError(Fault.BAD_WEIGHTS)
    with tempfile.TemporaryDirectory() as folder:
        link = Path(folder) / base
        link.parent.mkdir(exist_ok=True)
        link.symlink_to(config, target_is_directory=True)
        with contextlib.chdir(folder):
            yield


def load(weights: Path) -> Reader:
    """Verify and load the model through the real Detoxify class. Raises LoadError."""
    verify(weights)
    checkpoint = peek(weights / CHECKPOINT)
    config = weights / CONFIG
    with local_name(checkpoint.base, config):
        model = Detoxify(checkpoint=str(weights / CHECKPOINT), huggingface_config_path=str(config))
    # transformers fills what a checkpoint lacks with random numbers and only warns: such scores would look real.
    filled = model.model.state_dict().keys() - checkpoint.tensors.keys()
    if filled or Label.TOXICITY not in model.class_names or not model.tokenizer.is_fast:
        raise LoadError(Fault.BAD_WEIGHTS)
    return Reader(model)


class Reader:
    """A loaded model that reads texts of any length."""

    def __init__(self, model: Detoxify) -> None:
        """Takes the model and teaches its tokenizer the model's true length, which not every tokenizer file knows."""
        self._model = model
        self._tokenizer = model.tokenizer
        config = model.model.config
        unused = config.pad_token_id + 1 if config.model_type in OFFSET_POSITIONS else 0
        self.limit = int(config.max_position_embeddings - unused)
        self._tokenizer.model_max_length = self.limit
        self._capacity = self.limit - int(self._tokenizer.num_special_tokens_to_add(pair=False))

    def score(self, texts: Sequence[str]) -> list[dict[str, Any]]:
        """For each text, its highest score per label over all windows read, and whether all of it was read."""
        pieces: list[str] = []
        lengths: list[int] = []
        owners: list[int] = []
        whole: list[bool] = []
        for owner, text in enumerate(map(readable, texts)):
            offsets = self._tokenizer(
                text, add_special_tokens=False, return_offsets_mapping=True, truncation=False, verbose=False
            )["offset_mapping"]
            cut = windows(len(offsets), capacity=self._capacity)
            whole.append(cut.whole)
            for start, end in cut.ranges:
                pieces.append(text if len(cut.ranges) == 1 else text[offsets[start][0] : offsets[end - 1][1]])
                lengths.append(end - start)
                owners.append(owner)
        found: list[list[dict[str, float]]] = [[] for _ in texts]
        for batch in batches(lengths):
            rows = self._rows(pieces[batch.start : batch.stop])
            for index, row in zip(batch, rows, strict=True):
                found[owners[index]].append(row)
        return [{"values": highest(mine), "whole": all_read} for mine, all_read in zip(found, whole, strict=True)]

    def _rows(self, pieces: list[str]) -> list[dict[str, float]]:
        columns = self._model.predict(pieces)
        # Of a list of one, Detoxify returns a bare number.
        lists = {label: [values] if isinstance(values, float) else values for label, values in columns.items()}
        return [{label: values[index] for label, values in lists.items()} for index in range(len(pieces))]


def serve(reader: Reader, stream: Any) -> None:
    """Answer line by line until the other side is gone."""
    for line in stream:
        try:
            answer: dict[str, Any] = {"scores": reader.score(json.loads(line)["texts"])}
        except Exception:  # noqa: BLE001 - a text that cannot be read must not cost the next one its model
            answer = {"fault": Fault.FAILED}
        say(stream, answer)


def say(stream: Any, message: Mapping[str, Any]) -> None:
    """Write one line and send it off."""
    stream.write(json.dumps(message).encode() + b"\n")
    stream.flush()


def main() -> int:
    """Load, then serve. Exit status 1 when the weights or the environment were refused."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; we end with the socket
    os.nice(NICENESS)
    torch.set_num_threads(max(1, (os.cpu_count() or 1) // 2))
    with socket.socket(fileno=os.dup(0)) as link, link.makefile("rwb") as stream:
        try:
            if any(os.environ.get(name) != value for name, value in SAFE.items()):
                raise LoadError(Fault.UNSAFE_ENVIRONMENT)
            reader = load(Path(sys.argv[1]))
        except LoadError as error:
            say(stream, {"fault": error.fault})
            return 1
        except Exception:  # noqa: BLE001 - whatever the libraries raise here, the weights do not load
            say(stream, {"fault": Fault.BAD_WEIGHTS})
            return 1
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            say(stream, {"ready": True})
            serve(reader, stream)
    return 0


if __name__ == "__main__":
    sys.exit(main())
