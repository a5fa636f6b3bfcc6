"""`make model`'s own steps: what is fetched or placed by hand is checked, completed, and then loads."""

from __future__ import annotations

import hashlib
import json
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from moderation.adapters.toxicity import ToxicityAdviser
from moderation.adapters.toxicity_process import ROOT
from tests.model.conftest import write_manifest

pytestmark = pytest.mark.model

# Stands in for the published address of the model, and runs one step as `make model` does.
STEP = """
import sys
from pathlib import Path
from tools import model_weights
model_weights.MODEL_URLS["unbiased"] = sys.argv[1]
model_weights.STALLED = 1
sys.exit(model_weights.main(sys.argv[2], "unbiased", Path(sys.argv[3])))
"""


def step(address: str, name: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run fetch or place with this address as the published one."""
    command = [sys.executable, "-c", STEP, address, name, folder]
    offline = {"HF_HUB_OFFLINE": "1", "PATH": "/usr/bin:/bin"}
    return subprocess.run(command, cwd=ROOT, env=offline, capture_output=True, text=True, timeout=90, check=False)


@pytest.fixture
def published(bert_once: Path, tmp_path: Path) -> Path:
    """A checkpoint under a name that carries its hash, as its makers publish it."""
    digest = hashlib.sha256((bert_once / "detoxify.ckpt").read_bytes()).hexdigest()
    (tmp_path / "published").mkdir()
    return Path(shutil.copy(bert_once / "detoxify.ckpt", tmp_path / "published" / f"toxic_tiny-{digest[:8]}.ckpt"))


@pytest.fixture
def folder(bert_once: Path, tmp_path: Path) -> Path:
    """A weights folder that has the base model's settings, which do not know the number of outputs."""
    made = tmp_path / "toxicity"
    shutil.copytree(bert_once / "config", made / "config")
    path = made / "config" / "config.json"
    settings = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps({k: v for k, v in settings.items() if k not in {"id2label", "label2id"}}), "utf-8")
    return made


@pytest.fixture
def served(published: Path) -> Iterator[str]:
    """An address that serves the published checkpoint."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=published.parent))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/{published.name}"
    server.shutdown()
    thread.join()
    server.server_close()


def loads(folder: Path, adviser: Callable[..., ToxicityAdviser]) -> bool:
    """True when the placed weights score, once they no longer claim to be an official model."""
    write_manifest(folder)
    return adviser(folder).advise("sun grumble") is not None


def test_fetched_placed_and_loaded(served: str, folder: Path, adviser: Callable[..., ToxicityAdviser]) -> None:
    assert step(served, "fetch", folder).returncode == 0
    placed = step(served, "place", folder)
    assert placed.returncode == 0, placed.stderr
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    assert (manifest["model"], manifest["base"]) == ("unbiased", "bert-base-uncased")
    settings = json.loads((folder / "config" / "config.json").read_text("utf-8"))
    assert len(settings["id2label"]) == 6
    assert sorted(path.name for path in folder.iterdir()) == ["config", "detoxify.ckpt", "manifest.json"]
    assert loads(folder, adviser)


def test_placed_by_hand_and_loaded(published: Path, folder: Path, adviser: Callable[..., ToxicityAdviser]) -> None:
    shutil.copy(published, folder)
    address = f"http://127.0.0.1:9/{published.name}"  # nothing there: a file that lies ready is not fetched
    assert step(address, "fetch", folder).returncode == 0
    assert step(address, "place", folder).returncode == 0
    assert loads(folder, adviser)


def test_a_wrong_file_is_not_taken(published: Path, folder: Path) -> None:
    shutil.copy(published, folder)
    with (folder / published.name).open("ab") as file:
        file.write(b"!")
    placed = step(f"http://127.0.0.1:9/{published.name}", "place", folder)
    assert placed.returncode == 1
    assert placed.stderr.count("\n") == 1
    assert "is not the published file" in placed.stderr
    assert not (folder / "manifest.json").exists()


def test_a_tokenizer_of_another_model_is_not_taken(published: Path, folder: Path) -> None:
    shutil.copy(published, folder)
    tokenizer = folder / "config" / "tokenizer.json"
    content = json.loads(tokenizer.read_text("utf-8"))
    del content["model"]["vocab"]["grumble"]
    tokenizer.write_text(json.dumps(content), "utf-8")
    placed = step(f"http://127.0.0.1:9/{published.name}", "place", folder)
    assert placed.returncode == 1
    assert "the tokenizer has" in placed.stderr


def test_no_settings_and_no_internet_is_one_clear_line(published: Path, folder: Path) -> None:
    shutil.copy(published, folder)
    shutil.rmtree(folder / "config")
    placed = step(f"http://127.0.0.1:9/{published.name}", "place", folder)
    assert placed.returncode == 1
    assert placed.stderr.splitlines()[-1] == (
        "model: the settings and tokenizer of bert-base-uncased were not found online"
    )


def test_a_server_that_never_answers_is_given_up(published: Path, folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}/{published.name}"
        fetched = step(address, "fetch", folder)
    assert fetched.returncode == 1
    assert "could not be fetched" in fetched.stderr
    assert not list(folder.glob("*.partial"))
