"""What the real model makes of texts, short, long and strange, through the real worker process."""

from __future__ import annotations

import pytest

from moderation.adapters.toxicity import ToxicityAdviser
from moderation.core.toxicity import Label, Scores

pytestmark = pytest.mark.model

STRANGE = [
    "",
    " ",
    "\x00\x01",
    "broken \ud800 half",
    "\u202eright to left\u202c",
    "a\u200bb\u200dc",
    "\U0001f469\u200d\U0001f467" * 300,
    "ñ" * 5000,
    "x" * 20_000,
]


def toxicity(scores: Scores | None) -> float:
    """The one score the tiny model was taught."""
    assert scores is not None
    return scores.values[Label.TOXICITY]


def test_scores_are_the_models_own_under_detoxifys_names(bert: ToxicityAdviser) -> None:
    calm, rude = bert.advise("sun tree cat"), bert.advise("sun grumble cat")
    assert toxicity(calm) < 0.1
    assert toxicity(rude) > 0.9
    assert rude is not None
    assert set(rude.values) == set(Label) - {Label.SEXUAL_EXPLICIT}
    assert rude.notable() == (Label.TOXICITY,)
    assert bert.unscored == 0


@pytest.mark.parametrize("place", [0, 55, 130, 179])
def test_a_word_anywhere_in_a_long_text_is_read(bert: ToxicityAdviser, place: int) -> None:
    words = ["sun"] * 180
    assert toxicity(bert.advise(" ".join(words))) < 0.1
    words[place] = "grumble"
    scores = bert.advise(" ".join(words))
    assert toxicity(scores) > 0.9
    assert scores is not None
    assert scores.whole


def test_what_is_too_long_to_read_is_said_to_be(bert: ToxicityAdviser) -> None:
    scores = bert.advise("sun " * 3000 + "grumble")
    assert scores is not None
    assert not scores.whole
    assert toxicity(scores) < 0.1


def test_a_batch_keeps_its_order_and_scores_as_one_by_one(bert: ToxicityAdviser) -> None:
    texts = [("grumble " if i % 3 == 0 else "cat ") + "sun " * (i * 9) for i in range(16)]
    together = [toxicity(scores) for scores in bert.advise_many(texts)]
    assert [value > 0.9 for value in together] == [i % 3 == 0 for i in range(16)]
    assert together == pytest.approx([toxicity(bert.advise(text)) for text in texts], abs=1e-4)


@pytest.mark.parametrize("kind", ["bert", "roberta"])
def test_no_text_can_stop_the_worker(kind: str, request: pytest.FixtureRequest) -> None:
    asked: ToxicityAdviser = request.getfixturevalue(kind)
    assert asked.advise("sun") is not None
    pid = asked.worker_pid
    for text in STRANGE:
        assert asked.advise(text) is not None, ascii(text[:20])
    assert asked.advise_many(STRANGE).count(None) == 0
    assert asked.worker_pid == pid
    assert asked.unscored == 0


def test_a_roberta_with_unnamed_outputs_and_offset_positions_loads(roberta: ToxicityAdviser) -> None:
    scores = roberta.advise("sun " * 45)  # 180 bytes: three times what its positions hold
    assert scores is not None
    assert set(scores.values) == set(Label)
    assert scores.whole
