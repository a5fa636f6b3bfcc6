"""Weights that are not what they should be are refused, and nothing in them runs."""

from __future__ import annotations

import json
import os
import pickle
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from moderation.adapters.toxicity import ToxicityAdviser
from moderation.adapters.toxicity_process import ROOT, SAFE, WORKER
from moderation.core.toxicity import Fault, Status
from tests.model.conftest import write_manifest

pytestmark = pytest.mark.model
Make = Callable[..., ToxicityAdviser]

DROP_A_TENSOR = """
import sys, torch
path = sys.argv[1]
loaded = torch.load(path, weights_only=True)
del loaded["state_dict"]["classifier.weight"]
torch.save(loaded, path)
"""


def refused(asked: ToxicityAdviser, fault: Fault) -> bool:
    """True when the adviser gives no score and says exactly this."""
    scores, state = asked.advise("sun"), asked.state()
    assert scores is None
    assert (state.status, state.fault) == (Status.DOWN, fault)
    return asked.worker_pid is None


def test_one_changed_byte_in_the_checkpoint(weights: Path, adviser: Make) -> None:
    with (weights / "detoxify.ckpt").open("r+b") as file:
        file.seek(-40, os.SEEK_END)
        byte = file.read(1)
        file.seek(-1, os.SEEK_CUR)
        file.write(bytes([byte[0] ^ 1]))
    assert refused(adviser(weights), Fault.HASH_MISMATCH)


def test_a_changed_tokenizer(weights: Path, adviser: Make) -> None:
    vocabulary = weights / "config" / "tokenizer.json"
    vocabulary.write_text(vocabulary.read_text("utf-8").replace("grumble", "mumbles"), "utf-8")
    assert refused(adviser(weights), Fault.HASH_MISMATCH)


def test_a_file_nobody_listed(weights: Path, adviser: Make) -> None:
    (weights / "config" / "extra.json").write_text("{}", "utf-8")
    assert refused(adviser(weights), Fault.HASH_MISMATCH)


def test_an_official_name_needs_the_official_hash(weights: Path, adviser: Make) -> None:
    write_manifest(weights, model="unbiased")
    assert refused(adviser(weights), Fault.HASH_MISMATCH)


@pytest.mark.parametrize("manifest", ["not json", '{"model": "tiny"}'])
def test_a_manifest_that_says_nothing(weights: Path, adviser: Make, manifest: str) -> None:
    (weights / "manifest.json").write_text(manifest, "utf-8")
    assert refused(adviser(weights), Fault.BAD_WEIGHTS)


class Runs:
    """Pickles into a call that leaves a file behind."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return (os.mkdir, (str(self.mark),))


def test_a_checkpoint_that_runs_code_is_refused_though_its_hash_is_right(
    weights: Path, adviser: Make, tmp_path: Path
) -> None:
    mark = tmp_path / "it-ran"
    (weights / "detoxify.ckpt").write_bytes(pickle.dumps(Runs(mark)))
    write_manifest(weights)
    assert refused(adviser(weights), Fault.UNSAFE_CHECKPOINT)
    assert not mark.exists()
    pickle.loads((weights / "detoxify.ckpt").read_bytes())  # noqa: S301 - our own; shows that it would have run
    assert mark.exists()


def test_a_missing_tensor_is_never_filled_with_random_numbers(weights: Path, adviser: Make) -> None:
    subprocess.run([sys.executable, "-c", DROP_A_TENSOR, weights / "detoxify.ckpt"], check=True, timeout=60)
    write_manifest(weights)
    assert refused(adviser(weights), Fault.BAD_WEIGHTS)


def test_half_a_checkpoint(weights: Path, adviser: Make) -> None:
    checkpoint = weights / "detoxify.ckpt"
    checkpoint.write_bytes(checkpoint.read_bytes()[: checkpoint.stat().st_size // 2])
    write_manifest(weights)
    assert refused(adviser(weights), Fault.BAD_WEIGHTS)


def test_settings_with_another_number_of_outputs(weights: Path, adviser: Make) -> None:
    path = weights / "config" / "config.json"
    settings = json.loads(path.read_text("utf-8"))
    settings["id2label"] = {"0": "LABEL_0", "1": "LABEL_1"}
    settings["label2id"] = {"LABEL_0": 0, "LABEL_1": 1}
    path.write_text(json.dumps(settings), "utf-8")
    write_manifest(weights)
    assert refused(adviser(weights), Fault.BAD_WEIGHTS)


@pytest.mark.parametrize("name", ["TORCH_FORCE_WEIGHTS_ONLY_LOAD", "HF_HUB_OFFLINE"])
def test_the_worker_refuses_an_unsafe_environment(bert_once: Path, name: str) -> None:
    ours, theirs = socket.socketpair()
    environment = {k: v for k, v in (dict(os.environ) | SAFE).items() if k != name}
    command = [sys.executable, "-m", WORKER, bert_once]
    with ours, theirs, subprocess.Popen(command, stdin=theirs.fileno(), cwd=ROOT, env=environment) as worker:
        theirs.close()
        ours.settimeout(60)
        assert json.loads(ours.makefile().readline()) == {"fault": "unsafe-environment"}
        assert worker.wait(30) == 1


def test_weights_put_right_are_taken_up_without_a_restart(weights: Path, bert_once: Path, adviser: Make) -> None:
    (weights / "detoxify.ckpt").write_bytes(b"nothing")
    asked = adviser(weights, first_wait=0.0)
    assert refused(asked, Fault.HASH_MISMATCH)
    shutil.copy(bert_once / "detoxify.ckpt", weights / "detoxify.ckpt")
    assert asked.advise("sun") is not None
    assert asked.state().status is Status.READY
