"""What the demo's people have said: rooms, a little harmless talk, and three non-explicit stories that open cases."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Line:
    """One line of demo talk. `band` is only for staff, whose account has none."""

    minutes_ago: int
    name: str
    room: str
    text: str = field(repr=False)
    band: str = ""


ROOMS = (
    ("talk", ("Just talking", "Solo conversar"), ("Whatever is on your mind.", "Lo que traigas en mente.")),
    ("music", ("Music and art", "Música y arte"), ("Songs, drawings, cats.", "Canciones, dibujos, gatos.")),
)  # fmt: skip

HISTORY = (
    Line(2900, "paper-comet", "talk", "who else gets 7am texts lol"),
    Line(2899, "paper-comet", "talk", "i am NOT awake"),
    Line(2896, "slow-tuesday", "talk", "mine does. kinda nice tho, she checks if i ate"),
    Line(2893, "Rowan", "talk", "Fair point. I can ask about texting after 9. Want that?", band="16-17"),
    Line(2890, "paper-comet", "talk", "yes pls, 9 is way better"),
    Line(2700, "slow-tuesday", "music", "does anyone else listen to the same song 40 times"),
    Line(2698, "paper-comet", "music", "only when its good. so yes"),
    Line(1500, "kite-mango", "talk", "drew a dragon today, it came out looking like a dog"),
    Line(1497, "fern-signal", "talk", "dragon dog is better than dragon"),
    Line(1400, "copper-lark", "talk", "passed my food handler test!! first try"),
    Line(1395, "quiet-harbor", "talk", "felicidades, that test is no joke"),
)

CASES = (
    # An offer without details, then a ride, then secrecy: the sequence is held, no single line would be.
    (
        Line(190, "slow-tuesday", "talk", "hey @paper-comet i know a gig, easy money, no experience needed"),
        Line(186, "paper-comet", "talk", "what kind of gig"),
        Line(180, "slow-tuesday", "talk", "@paper-comet i can pick u up and drive u there"),
        Line(175, "slow-tuesday", "talk", "@paper-comet just keep it between us, dont tell staff"),
    ),
    # Pressure with a picture: someone must look now.
    (Line(9, "quiet-harbor", "talk", "@copper-lark send the money by tonight or i show everyone your picture"),),
    # A vague offer to the whole room: for the digest.
    (Line(600, "fern-signal", "music", "i got a job for you all, pays good, can't say more here"),),
)
