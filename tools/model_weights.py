"""Puts Detoxify's weights in place: `python -m tools.model_weights fetch|place MODEL FOLDER`. Needs requirements.txt.

The part of `make model` that imports torch; `tools/model.py` runs it with a deadline. What it cannot do it says in one
line, with exit status 1.
"""

from __future__ import annotations

import json
import shutil
import socket
import sys
from pathlib import Path

import torch
import transformers
from detoxify.detoxify import MODEL_URLS

from moderation.adapters.toxicity_worker import LoadError, digests, local_name, official_prefix, peek, sha256
from moderation.core.toxicity import CHECKPOINT, CONFIG, MANIFEST

# Seconds without a byte after which a download is given up: torch.hub itself would wait for ever.
STALLED = 30
LICENCES = "checkpoint: Apache-2.0 (Detoxify); settings and tokenizer: the base model's own licence"


class WeightsError(Exception):
    """The weights could not be put in place; the text says why in one line."""


def file_name(model: str) -> str:
    """The name under which Detoxify publishes a model's checkpoint."""
    return MODEL_URLS[model].rsplit("/", 1)[-1]


def fetch(model: str, folder: Path) -> None:
    """Download the published checkpoint, checked against the hash in its name. Raises WeightsError."""
    if hand_placed(model, folder):
        return
    socket.setdefaulttimeout(STALLED)
    folder.mkdir(parents=True, exist_ok=True)
    try:
        torch.hub.download_url_to_file(MODEL_URLS[model], str(folder / file_name(model)), official_prefix(model))
    except (OSError, RuntimeError) as error:
        raise WeightsError(f"the checkpoint could not be fetched: {error}") from error


def hand_placed(model: str, folder: Path) -> Path | None:
    """The checkpoint if it lies in the folder already, under our name or the published one."""
    return next((path for path in (folder / CHECKPOINT, folder / file_name(model)) if path.is_file()), None)


def place(model: str, folder: Path, prefix: str) -> None:
    """Check the checkpoint, complete the settings beside it, and write the manifest last. Raises WeightsError."""
    found = hand_placed(model, folder)
    if found is None:
        raise WeightsError(f"there is no {file_name(model)} in {folder}")
    digest = sha256(found)
    if not prefix or not digest.startswith(prefix):
        raise WeightsError(f"{found.name} is not the published file: its SHA-256 should start with {prefix}")
    try:
        checkpoint = peek(found)
    except LoadError as error:
        raise WeightsError(f"{found.name} was refused: {error}") from error
    (folder / MANIFEST).unlink(missing_ok=True)
    found.replace(folder / CHECKPOINT)
    settle(checkpoint.base, checkpoint.tokenizer, checkpoint.classes, folder / CONFIG)
    manifest = {"model": model, "base": checkpoint.base, "licences": LICENCES, "files": digests(folder)}
    beside = folder / f"{MANIFEST}.part"
    beside.write_text(json.dumps(manifest, indent=2) + "\n", "utf-8")
    beside.replace(folder / MANIFEST)


def settle(base: str, tokenizer_name: str, classes: int, config: Path) -> None:
    """Bring the base model's settings and tokenizer into `config`, from there if they lie there, else from the hub.

    The published settings do not know how many outputs the checkpoint has; ours do. Raises WeightsError.
    """
    by_hand = (config / "config.json").is_file()
    try:
        if by_hand:
            with local_name(base, config):
                settings, tokenizer = settings_of(base, tokenizer_name, classes)
        else:
            settings, tokenizer = settings_of(base, tokenizer_name, classes)
    except (OSError, ValueError, LoadError) as error:
        where = f"in {config}" if by_hand else "online"
        raise WeightsError(f"the settings and tokenizer of {base} were not found {where}") from error
    if len(tokenizer) != settings.vocab_size:
        raise WeightsError(f"the tokenizer has {len(tokenizer)} entries, the model expects {settings.vocab_size}")
    beside = config.with_name(f"{CONFIG}.part")
    shutil.rmtree(beside, ignore_errors=True)
    settings.save_pretrained(beside)
    tokenizer.save_pretrained(beside)
    shutil.rmtree(config, ignore_errors=True)
    beside.replace(config)


def settings_of(
    base: str, tokenizer_name: str, classes: int
) -> tuple[transformers.PretrainedConfig, transformers.PreTrainedTokenizerBase]:
    """Settings and tokenizer by the base model's name: transformers looks in the current folder first, then online."""
    settings = transformers.AutoConfig.from_pretrained(base, num_labels=classes)
    return settings, getattr(transformers, tokenizer_name).from_pretrained(base)


def main(step: str, model: str, folder: Path) -> int:
    """Do one step; 1 with one line when it cannot be done."""
    try:
        if step == "fetch":
            fetch(model, folder)
        else:
            place(model, folder, official_prefix(model))
    except WeightsError as error:
        print(f"model: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2], Path(sys.argv[3]).resolve()))
