"""Who someone is, and how they speak, must not change what screening says (detection.md D2, T6; F1, F8).

Pairs of talks that differ in one thing alone: a word for who the writer is against a word that says nothing of the
kind, a sentence in the grammar of a dialect against the same in the grammar of school, Spanish against English written
beside it. `python -m tests.eval.counterfactuals CASES…` prints how scores differ; the tests say what may.
The words name people as they name themselves; none is an insult. Dialect sentences are ours, written by hand from
described grammar (habitual be, dropped copula, "finna", negative concord; voseo, dropped accents, regional words).
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path

from moderation.core.model import Route, Tier
from moderation.core.rules import Rulebook
from moderation.evaluate.cases import case_from
from moderation.evaluate.replay import reached, verdicts
from moderation.rulebook import shipped
from tests.eval.robustness import read
from tests.eval.transforms import Case

# What follows "i'm": by what it says of a person.
TERMS: Mapping[str, tuple[str, ...]] = {
    "orientation": ("gay", "a lesbian", "bi", "bisexual", "pansexual", "queer", "asexual", "aromantic"),
    "gender": ("trans", "transgender", "nonbinary", "enby", "genderfluid", "agender", "intersex", "two spirit"),
    "race": ("black", "latina", "mexican", "asian", "native", "white", "arab", "haitian", "honduran", "puerto rican"),
    "religion": ("muslim", "jewish", "christian", "hindu", "sikh", "catholic", "mormon", "an atheist"),
    "disability": ("deaf", "blind", "autistic", "disabled", "a wheelchair user", "dyslexic", "bipolar"),
    "immigration": ("undocumented", "an immigrant", "a refugee", "a dreamer", "an asylum seeker"),
    "home": ("in foster care", "a foster kid", "adopted", "homeless", "unhoused", "in a group home"),
}
TERMS_ES: Mapping[str, tuple[str, ...]] = {
    "orientation": ("gay", "lesbiana", "bisexual", "pansexual", "asexual"),
    "gender": ("trans", "no binarie", "intersexual"),
    "race": ("negra", "latina", "indígena", "mexicana", "haitiana", "salvadoreña"),
    "religion": ("musulmana", "judía", "católica", "evangélica", "atea"),
    "disability": ("sorda", "ciega", "autista", "disléxica"),
    "immigration": ("indocumentada", "migrante", "refugiada"),
    "home": ("adoptada",),
}
NEUTRAL, NEUTRAL_ES = "left-handed", "zurda"
NEEDS = frozenset({"homeless", "unhoused", "in a group home"})  # having no home is a need: it may open care, never more

# Ordinary things said by someone new. {} is who they are.
TEMPLATES = (
    "hi everyone, i'm {} and new here",
    "im {}. anyone else?",
    "i'm {} and 16, what grade are you in?",
    "as somebody who's {} i found that article kinda off",
    "is it ok to say im {} in this room",
    "do u know a clinic thats ok if ur {}",
    "my brother is {} and he got the job at the library!",
    "people at school know im {} and its fine",
    "hey wanna do the art thing on saturday? im {} btw",
    "where did you meet other people who are {}?",
    "looking for friends who are {}, im in the drawing room most days",
    "staff asked how i feel about being {} and i said good",
)
TEMPLATES_ES = (
    "hola a todos, soy {} y soy nueva aquí",
    "soy {}, ¿alguien más?",
    "mi prima es {} y ya consiguió trabajo en la biblioteca",
    "¿está bien decir que soy {} en este cuarto?",
    "en la escuela saben que soy {} y todo bien",
    "¿quieres ir a lo de arte el sábado? por cierto soy {}",
)
# Someone who asks not to be outed. Excused for whoever they are.
NOT_OUT = ("please don't tell anyone i'm {}", "dont tell your friends im {}", "don't tell your mom i'm {} ok?")
NOT_OUT_ES = ("porfa no le digas a nadie que soy {}", "no le digas a tu amiga que soy {}")

# (school grammar, dialect). Harmless, all of them.
DIALECT = (
    ("he is always working late at the library", "he be working late at the library"),
    ("she is my best friend, she is funny", "she my best friend, she funny"),
    ("i am going to go eat, are you hungry", "im finna go eat, you hungry"),
    ("you all want to play a game", "yall tryna play a game"),
    ("i didn't see anything on the board", "aint seen nothin on the board"),
    ("they are usually loud at the drop-in", "they be loud at the drop-in"),
    ("i have been here since nine", "i been here since nine"),
    ("he is not coming to the group tonight", "he aint comin to group tonight"),
    ("she has already finished the mural", "she done finished the mural"),
    ("is your brother at school today", "ya brother at school today"),
    ("that drawing is really good", "that drawing go hard fr"),
    ("do you want to come to the open mic with us", "you tryna come thru the open mic wit us"),
    ("nobody told me about the class", "aint nobody tell me bout the class"),
    ("tú eres muy graciosa", "vos sos re graciosa"),
    ("¿quieres jugar un rato?", "¿querés jugar un rato?"),
    ("¿tú tienes la tarea de mate?", "¿vos tenés la tarea de mate?"),
    ("¿cómo estás? yo aquí, dibujando", "como estas? yo aqui, dibujando"),
    ("está muy bonito tu dibujo, amiga", "ta bien chulo tu dibujo, mana"),
    ("voy para la biblioteca con mi hermano", "voy pa la biblio con mi carnal"),
    ("¿qué hacen ustedes mañana?", "q hacen uds mañana?"),
    ("el autobús no llega a tiempo", "la guagua nunca llega a tiempo"),
    ("ven a ver la película con nosotras", "vení a ver la peli con nosotras"),
)
# (English, Spanish): the same thing, each written as somebody would say it.
COUNTERPARTS = (
    ("what grade are you in?", "¿en qué año vas?"),
    ("do you want to play later?", "¿quieres jugar al rato?"),
    ("my mom is picking me up at six", "mi mamá pasa por mí a las seis"),
    ("i love you guys, thanks for today", "las quiero mucho, gracias por lo de hoy"),
    ("does anyone know when the drop-in opens?", "¿alguien sabe a qué hora abre el centro?"),
    ("send me the homework when you can", "mándame la tarea cuando puedas"),
    ("see you at the library with everybody", "nos vemos en la biblioteca con todos"),
    ("i got the job at the bakery!", "¡me dieron el trabajo en la panadería!"),
    ("it's a surprise for her birthday so don't tell her", "es sorpresa para su cumple así que no le digas"),
    ("are you ok? you were quiet today", "¿estás bien? hoy estuviste callada"),
    ("i have nowhere to sleep tonight", "no tengo dónde dormir hoy"),
    ("he hits me and i am scared", "me pega y tengo miedo"),
)


@dataclass(frozen=True, slots=True)
class Said:
    """What screening made of a talk: for each message its tier and action, with where it leads and the score.

    P3 is written down and shown to nobody, so it counts as no tier; the score tells of it.
    """

    tiers: tuple[str | None, ...]
    actions: tuple[str, ...]
    routes: frozenset[Route]
    score: float

    @property
    def shown(self) -> tuple[object, ...]:
        """All that anybody could notice: everything but the number."""
        return self.tiers, self.actions, self.routes


@dataclass(frozen=True, slots=True)
class Pair:
    """Two talks that differ in `what`; `kind` is what that says ("gender", "dialect", "Spanish")."""

    kind: str
    what: str
    where: str
    plain: Said
    changed: Said

    @property
    def rise(self) -> float:
        """How much the score rises by the difference alone; negative where it falls."""
        return self.changed.score - self.plain.score


def said(case: Case, rulebook: Rulebook) -> Said:
    """Replay one case. Pure."""
    found = [verdict for _, verdict in verdicts(case_from(case, "pair"), rulebook)]
    return Said(
        tuple(None if verdict.tier is Tier.P3 else verdict.tier for verdict in found),
        tuple(verdict.action for verdict in found),
        frozenset().union(*(reached(verdict) for verdict in found)),
        max((verdict.score for verdict in found), default=0.0),
    )


def alone(text: str) -> Case:
    """A new youth of sixteen says `text` to another."""
    people = {"A": {"role": "youth", "band": "16-17", "tenure_days": 2}, "B": {"role": "youth", "band": "16-17"}}
    lines = [{"from": "B", "t": 0, "text": "hi"}, {"from": "A", "t": 2, "text": text}]
    return {"participants": people, "messages": lines}


def in_templates(
    rulebook: Rulebook, templates: Iterable[str], terms: Mapping[str, Sequence[str]], neutral: str
) -> Iterator[Pair]:
    """Every term in every template, beside the neutral word there."""
    for template in templates:
        plain = said(alone(template.format(neutral)), rulebook)
        for group, words in terms.items():
            for word in words:
                yield Pair(group, word, template, plain, said(alone(template.format(word)), rulebook))


def in_cases(rulebook: Rulebook, cases: Sequence[Case]) -> Iterator[Pair]:
    """Every case with its first writer saying who they are in their first line, one term a case, all terms in turn."""
    every = [(group, word) for group, words in TERMS.items() for word in words]
    spanish = [(group, word) for group, words in TERMS_ES.items() for word in words]
    for number, case in enumerate(cases):
        native = case.get("lang") == "es"
        group, word = (spanish if native else every)[number % len(spanish if native else every)]
        opening, neutral = ("soy {}. ", NEUTRAL_ES) if native else ("im {}. ", NEUTRAL)
        plain, changed = (_opened(case, opening.format(who)) for who in (neutral, word))
        yield Pair(group, word, str(case.get("id")), said(plain, rulebook), said(changed, rulebook))


def _opened(case: Case, opening: str) -> Case:
    made = deepcopy(case)
    if made["messages"]:
        made["messages"][0]["text"] = opening + made["messages"][0]["text"]
    return made


def in_speech(rulebook: Rulebook) -> Iterator[Pair]:
    """Dialect beside school grammar, Spanish beside English."""
    for kind, pairs in (("dialect", DIALECT), ("Spanish", COUNTERPARTS)):
        for plain, changed in pairs:
            yield Pair(kind, changed, plain, said(alone(plain), rulebook), said(alone(changed), rulebook))


def everything(rulebook: Rulebook, cases: Sequence[Case]) -> list[Pair]:
    """All pairs there are."""
    return [
        *in_templates(rulebook, TEMPLATES + NOT_OUT, TERMS, NEUTRAL),
        *in_templates(rulebook, TEMPLATES_ES + NOT_OUT_ES, TERMS_ES, NEUTRAL_ES),
        *in_speech(rulebook),
        *in_cases(rulebook, cases),
    ]


def table(pairs: Sequence[Pair]) -> Iterator[str]:
    """One line a kind: how many pairs, the largest rise and fall, how many differ in anything that can be noticed."""
    yield f"{'what differs':<14}{'pairs':>7}{'mean rise':>11}{'largest':>9}{'least':>8}{'shown differs':>15}"
    for kind in dict.fromkeys(pair.kind for pair in pairs):
        group = [pair for pair in pairs if pair.kind == kind]
        rises = [pair.rise for pair in group]
        differ = sum(pair.plain.shown != pair.changed.shown for pair in group)
        mean = sum(rises) / len(rises)
        yield f"{kind:<14}{len(group):>7}{mean:>+11.3f}{max(rises):>+9.2f}{min(rises):>+8.2f}{differ:>15}"
    for pair in pairs:
        if pair.plain.shown != pair.changed.shown or pair.rise:
            yield f"  {pair.rise:+.2f} {pair.kind}, {pair.what!r} in {pair.where!r}: {sorted(pair.changed.routes)}"


def main() -> int:
    """Print the table for the case files named as arguments."""
    for line in table(everything(shipped(), read(Path(name) for name in sys.argv[1:]))):
        sys.stdout.write(line + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
