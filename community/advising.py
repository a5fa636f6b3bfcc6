"""The toxicity adviser's second look: published messages, after the fact, into the digest and nowhere else."""

from __future__ import annotations

from collections.abc import Callable

from community import clock
from community.accounts.models import Account
from community.actors import screening_author
from community.rooms.models import Message
from community.web.house import House
from moderation import service as moderation
from moderation.core.model import Action, Draft, Kind, Reason, Ref, Route, Tier, Verdict
from moderation.core.toxicity import Scores

RULE = "toxicity-adviser"


def on_scores(house: House) -> Callable[[str, Scores], None]:
    """What to do with one message's scores: open or join a digest case if any label is notable.

    Advice only: nothing is held, removed or hidden for it, at any score, and no other tier is ever set.
    """

    def look(ref_id: str, scores: Scores) -> None:
        labels = scores.notable()
        if not labels:
            return
        with house.database.writing() as session:
            message = session.get(Message, int(ref_id))
            if message is None or message.state != "published":
                return
            author = session.get_one(Account, message.author_id)
            draft = Draft(
                author=screening_author(author.public_id, author.kind, author.band, author.created_at),
                kind=Kind.MESSAGE,
                at=clock.now(),
                place=f"room:{message.room_id}",
                text=message.text,
            )
            verdict = Verdict(
                action=Action.PUBLISH,
                tier=Tier.P2,
                routes=frozenset({Route.QUEUE}),
                reasons=(Reason(RULE, 1, tuple(labels), Tier.P2),),
            )
            ref = Ref(Kind.MESSAGE, ref_id)
            moderation.open_case(session, house.runtime, ref=ref, draft=draft, verdict=verdict, held=False)

    return look
