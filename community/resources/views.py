"""The board for visitors: search, one place, something wrong."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from community import limits
from community.access import Audience, access
from community.errors import DomainError
from community.limits import Rule
from community.resources import concerns, queries
from community.resources.kinds import FILTERS, TILES, URGENT
from community.resources.search import AGES, LONGEST, Search
from community.resources.shown import card
from community.web import edge
from community.web.house import house

board = Blueprint("board", __name__)

LONGEST_ID = 16


@board.get("/")
@access(Audience.PUBLIC)
def index() -> ResponseReturnValue:
    """The board, by need and filters: nothing personal is in the address."""
    return _page(_by_address())


@board.get("/search")
@access(Audience.PUBLIC)
def results() -> ResponseReturnValue:
    """Where Back, reload and a change of language arrive: the page's script asks again what its tab remembers."""
    return _page(_by_address())


@board.post("/search")
@access(Audience.PUBLIC)
def search() -> ResponseReturnValue:
    """What was typed comes as a form and goes no further than this answer."""
    age, after = request.form.get("age", "").strip(), request.form.get("after", "")
    need = request.form.getlist("need")[-1:]  # a tile that was pressed comes after the one chosen before
    is_age = age.isdecimal() and len(age) < 3 and int(age) in AGES
    asked = Search(
        words=request.form.get("words", "")[:LONGEST].strip(),
        place=request.form.get("place", "")[:LONGEST].strip(),
        age=int(age) if is_age else None,
        need=need[0] if need and need[0] in TILES else "",
        filters=frozenset(request.form.getlist("f")) & FILTERS.keys(),
        after=int(after) if after.isdecimal() and len(after) < LONGEST_ID else 0,
    )
    return _page(asked, age_typed="" if is_age else age[:3])


@board.get("/places/<slug>")
@access(Audience.PUBLIC)
def place(slug: str) -> ResponseReturnValue:
    """One listing."""
    with edge.reading() as session:
        found = queries.place(session, slug, now=edge.now())
    back, came = url_for("board.results" if request.args.get("back") else "board.index"), _by_address()
    if came.need or came.filters:
        back = f"{back}?{urlencode(_address_of(came), doseq=True)}"
    return edge.render(
        "board/place.html",
        card=card(found, language=edge.language(), now=edge.now()),
        back=back,
        came_from_results=bool(request.args.get("back") or came.need or came.filters),
    )


@board.route("/places/<slug>/wrong", methods=["GET", "POST"])
@access(Audience.PUBLIC)
def wrong(slug: str) -> ResponseReturnValue:
    """Ask what is wrong; nothing is noted before someone said it."""
    problem, status = "", 200
    if request.method == "POST":
        what, note = request.form.get("what", ""), request.form.get("note", "")
        try:
            house().limiter.take_all(_counted(slug, what))
            with edge.writing() as session:
                concerns.raise_concern(session, slug, what, note, now=edge.now())
            return redirect(url_for("board.wrong_thanks", slug=slug), code=303)
        except DomainError as refusal:
            if refusal.status == 404:
                raise
            problem, status = edge.t(f"problem-{refusal.code}", **refusal.data), refusal.status
    with edge.reading() as session:
        name = concerns.findable(session, slug, now=edge.now())
    page = edge.render(
        "board/wrong.html",
        slug=slug,
        name=name,
        whats=concerns.WHATS,
        what=request.form.get("what", ""),
        note=request.form.get("note", ""),
        problem=problem,
    )
    return page, status


@board.get("/places/<slug>/wrong/thanks")
@access(Audience.PUBLIC)
def wrong_thanks(slug: str) -> ResponseReturnValue:
    """What happens next. A page of its own, so that reload and a change of language send nothing twice."""
    day = edge.day(edge.now() + concerns.ANSWER_WITHIN)
    return edge.render("board/wrong_thanks.html", slug=slug, day=day)


def _counted(slug: str, what: str) -> list[tuple[Rule, str]]:
    """The limits that one word about a place counts under."""
    address = edge.address()
    if what == concerns.UNSAFE:
        return [(limits.CONCERN_UNSAFE, address)]
    return [(limits.CONCERN, address), (limits.CONCERN_PLACE, f"{address} {slug}")]


def _by_address() -> Search:
    filters = frozenset(request.args.getlist("f")) & FILTERS.keys()
    after, need = request.args.get("after", ""), request.args.get("need", "")
    start = int(after) if after.isdecimal() and len(after) < LONGEST_ID else 0
    return Search(need=need if need in TILES else "", filters=filters, after=start)


def _address_of(asked: Search) -> dict[str, str | list[str]]:
    """What of a search may stand in an address: need and filters, never a word that was typed."""
    return {**({"need": asked.need} if asked.need else {}), **({"f": sorted(asked.filters)} if asked.filters else {})}


def _page(asked: Search, *, age_typed: str = "") -> str:
    now, is_sent = edge.now(), request.method == "POST"
    with edge.reading() as session:
        result = queries.board(session, asked, now=now)
    language = edge.language()
    return edge.render(
        "board/index.html",
        search=asked,
        age_typed=age_typed,
        asked=result.asked,
        cards=[card(found, language=language, now=now) for found in result.found],
        lines=[card(found, language=language, now=now) for found in result.lines],
        total=result.total,
        open_count=result.open_count,
        more=result.more,
        tiles=TILES.values(),
        filters=FILTERS.values(),
        is_elsewhere=result.is_elsewhere,
        urgent=bool(result.asked.needs & URGENT),
        came={**_address_of(asked), **({"back": "search"} if is_sent else {})},
        is_sent=is_sent,
        carry_form="search" if is_sent else "",
    )
