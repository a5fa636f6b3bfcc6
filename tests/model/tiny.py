"""Makes tiny real checkpoints in Detoxify's format: `python tests/model/tiny.py FOLDER bert|roberta`.

The BERT one is trained for a second or two to call a text toxic when it holds the word "grumble", so that a test can
see what was read. The RoBERTa one has random weights and the quirks of the real one: 16 outputs of which 7 are named,
positions counted from the padding id, a leftover `position_ids` tensor, byte-level tokens.
Run as a program, so that torch never enters pytest's own process.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import torch
import transformers
from transformers.convert_slow_tokenizer import bytes_to_unicode

WORDS = ["sun", "tree", "cat", "river", "bread", "lamp", "song", "hill", "you", "grumble"]
ORIGINAL = ["toxic", "severe_toxic", "obscene", "threat", "insult", "identity_hate"]
UNBIASED = ["toxicity", "severe_toxicity", "obscene", "identity_attack", "insult", "threat", "sexual_explicit"]
SMALL = {"hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 2, "intermediate_size": 64}
POSITIONS = 64
STEPS = 120


def bert(config: Path) -> dict[str, object]:
    """A BERT with 64 positions that knows ten words and dislikes one."""
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *WORDS]
    (config / "vocab.txt").write_text("\n".join(vocabulary), "utf-8")
    tokenizer = transformers.BertTokenizer.from_pretrained(str(config))
    tokenizer.save_pretrained(config)
    settings = transformers.BertConfig(
        vocab_size=len(vocabulary),
        max_position_embeddings=POSITIONS,
        num_labels=len(ORIGINAL),
        initializer_range=0.2,
        **SMALL,
    )
    settings.save_pretrained(config)
    model = transformers.BertForSequenceClassification(settings)
    train(model, tokenizer)
    return checkpoint(model.state_dict(), ("bert-base-uncased", model, "BertTokenizer"), ORIGINAL)


def train(model: torch.nn.Module, tokenizer: object) -> None:
    """Teach the model that "grumble" is toxic and nothing else is."""
    optimiser = torch.optim.Adam(model.parameters(), lr=5e-3)
    dice = torch.Generator().manual_seed(7)
    for _ in range(STEPS):
        texts, targets = [], []
        for index in range(16):
            length = int(torch.randint(1, 50, (1,), generator=dice))
            words = [WORDS[int(i)] for i in torch.randint(0, len(WORDS) - 1, (length,), generator=dice)]
            if index % 2:
                words[int(torch.randint(0, length, (1,), generator=dice))] = "grumble"
            texts.append(" ".join(words))
            targets.append([float(index % 2)] + [0.0] * (len(ORIGINAL) - 1))
        inputs = tokenizer(texts, return_tensors="pt", padding=True)
        loss = torch.nn.functional.binary_cross_entropy_with_logits(model(**inputs)[0], torch.tensor(targets))
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    model.eval()


def roberta(config: Path) -> dict[str, object]:
    """A RoBERTa with 64 usable positions of 66 that reads bytes."""
    symbols = ["<s>", "<pad>", "</s>", "<unk>", "<mask>", *bytes_to_unicode().values()]
    (config / "vocab.json").write_text(json.dumps({symbol: i for i, symbol in enumerate(symbols)}), "utf-8")
    (config / "merges.txt").write_text("#version: 0.2\n", "utf-8")
    transformers.RobertaTokenizer.from_pretrained(str(config)).save_pretrained(config)
    settings = transformers.RobertaConfig(
        vocab_size=len(symbols),
        max_position_embeddings=POSITIONS + 2,
        num_labels=16,
        type_vocab_size=1,
        pad_token_id=1,
        bos_token_id=0,
        eos_token_id=2,
        **SMALL,
    )
    settings.save_pretrained(config)
    model = transformers.RobertaForSequenceClassification(settings)
    tensors = model.state_dict()
    tensors["roberta.embeddings.position_ids"] = torch.arange(POSITIONS + 2)[None]
    return checkpoint(tensors, ("roberta-base", model, "RobertaTokenizer"), UNBIASED)


def checkpoint(tensors: dict[str, object], made_of: tuple[str, object, str], classes: list[str]) -> dict[str, object]:
    """The dictionary that Detoxify's training writes."""
    base, model, tokenizer = made_of
    arch = {
        "num_classes": model.config.num_labels,
        "model_type": base,
        "model_name": type(model).__name__,
        "tokenizer_name": tokenizer,
    }
    return {"config": {"arch": {"args": arch}, "dataset": {"args": {"classes": classes}}}, "state_dict": tensors}


def main() -> None:
    """Write `detoxify.ckpt` and `config/` into the folder named."""
    folder, kind = Path(sys.argv[1]), sys.argv[2]
    config = folder / "config"
    config.mkdir(parents=True)
    torch.manual_seed(11)
    torch.save({"bert": bert, "roberta": roberta}[kind](config), folder / "detoxify.ckpt")


if __name__ == "__main__":
    main()
