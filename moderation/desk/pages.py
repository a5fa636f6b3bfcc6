"""The desk's pages: parse, call the service, answer. Who may open them is marked; the host's web edge enforces it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from moderation import service
from moderation.core.duties import Audience, Duty, access
from moderation.core.language import Language
from moderation.desk import queue, reading
from moderation.desk.forms import read_decision, read_number, read_ref
from moderation.desk.lines import pieces_of
from moderation.runtime import Runtime
from moderation.service import errors
from moderation.store.evidence import Evidence

HEAVY_A_DAY = 20  # covered lines that are enough for one person in 24 hours (youth-community.md L15, proposed)
BREAK_HOURS = (1, 4, 24, 72, 168)
STATUS: dict[type[errors.Refused], int] = {
    errors.NoSuchCase: 404,
    errors.NotAllowed: 403,
    errors.ClaimTaken: 409,
    errors.CaseClosed: 409,
    errors.StaleCase: 409,
    errors.SubjectGone: 409,
    errors.CannotUndo: 409,
}
READ, DECIDE = (Audience.STAFF, Duty.CASE_READ), (Audience.STAFF, Duty.CASE_READ, Duty.CASE_DECIDE)


def blueprint(runtime: Runtime) -> Blueprint:
    """The desk of one runtime, under /desk."""
    pages = _Pages(runtime)
    desk = Blueprint("desk", __name__, url_prefix="/desk")
    reads: tuple[tuple[str, str, Any, str], ...] = (
        ("", "queue", pages.queue, "GET"),
        ("/queue-rows", "queue_rows", pages.queue_rows, "GET"),
        ("/decided", "decided", pages.decided, "GET"),
        ("/next", "next", pages.take_next, "POST"),
        ("/cases/<int:case_id>", "case", pages.case, "GET"),
        ("/cases/<int:case_id>/claim", "claim", pages.claim, "POST"),
        ("/cases/<int:case_id>/let-go", "let_go", pages.let_go, "POST"),
        ("/cases/<int:case_id>/note", "note", pages.note, "POST"),
        ("/cases/<int:case_id>/since/<content>", "show_since", pages.show_since, "POST"),
        ("/cases/<int:case_id>/lines/<int(max=9007199254740991):line_id>", "show", pages.show, "POST"),
    )
    for rule, endpoint, view, method in reads:
        desk.add_url_rule(rule, endpoint, access(*READ)(_plain(view)), methods=[method])
    decides: tuple[tuple[str, str, Any], ...] = (
        ("/cases/<int:case_id>/decide", "decide", pages.decide),
        ("/decisions/<int:decision_id>/undo", "undo", pages.undo),
    )
    for rule, endpoint, view in decides:
        desk.add_url_rule(rule, endpoint, access(*DECIDE)(_plain(view)), methods=["POST"])
    desk.register_error_handler(errors.Refused, pages.refused)
    desk.url_defaults(_keep_language)
    return desk


def _plain(view: Any) -> Any:
    """A function of its own for each endpoint, since marks cannot be put on a bound method."""

    def call(**values: int | str) -> ResponseReturnValue:
        answer: ResponseReturnValue = view(**values)
        return answer

    return call


def _language() -> Language:
    """The language whose cases were asked for; all of them for anything else."""
    asked = request.args.get("language", "")
    return Language(asked) if asked in set(Language) else Language.UNKNOWN


def _keep_language(_endpoint: str, values: dict[str, Any]) -> None:
    """Whatever leads on from a desk page keeps the language it was filtered by, unless it names another or none."""
    if request and request.blueprint == "desk" and "language" not in values and (asked := _language()):
        values["language"] = asked.value


class _Pages:
    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime

    def queue(self) -> ResponseReturnValue:
        return render_template("desk/queue.html", **self._queue())

    def queue_rows(self) -> ResponseReturnValue:
        return render_template("desk/_rows_only.html", **self._queue())

    def decided(self) -> ResponseReturnValue:
        with self._runtime.reading() as session:
            before = read_number(request.args.get("before", ""))
            cases = queue.decided(session, self._runtime, self._runtime.current_staff(), before=before)
        return render_template("desk/decided.html", cases=cases, more=len(cases) == queue.PAGE, **self._said())

    def take_next(self) -> ResponseReturnValue:
        return self._take_next(lighter="lighter" in request.args)

    def _take_next(self, *, decided: int | None = None, after: int = 0, lighter: bool = False) -> ResponseReturnValue:
        """The most urgent free case but `after`, taken; the queue when there is none. `decided` can be undone there."""
        staff = self._runtime.current_staff()
        with self._runtime.writing() as session:
            case_id = queue.next_case(session, self._runtime, staff, after=after, lighter=lighter, language=_language())
            if case_id is not None:
                service.claim(session, self._runtime, staff, case_id)
        if case_id is None:
            return redirect(url_for("desk.queue", decided=decided), code=303)
        return redirect(url_for("desk.case", case_id=case_id, decided=decided), code=303)

    def case(self, case_id: int) -> ResponseReturnValue:
        with self._runtime.writing() as session:
            service.look(session, self._runtime, self._runtime.current_staff(), case_id)
        return self._case_page(case_id)

    def claim(self, case_id: int) -> ResponseReturnValue:
        with self._runtime.writing() as session:
            service.claim(session, self._runtime, self._runtime.current_staff(), case_id)
        return redirect(url_for("desk.case", case_id=case_id), code=303)

    def let_go(self, case_id: int) -> ResponseReturnValue:
        with self._runtime.writing() as session:
            service.unclaim(session, self._runtime, self._runtime.current_staff(), case_id)
        return redirect(url_for("desk.queue"), code=303)

    def note(self, case_id: int) -> ResponseReturnValue:
        with self._runtime.writing() as session:
            service.note(session, self._runtime, self._runtime.current_staff(), case_id, request.form.get("text", ""))
        return redirect(url_for("desk.case", case_id=case_id), code=303)

    def show(self, case_id: int, line_id: int) -> ResponseReturnValue:
        """The text of one covered line; every look is in the audit."""
        with self._runtime.writing() as session:
            line = session.get(Evidence, line_id)
            if line is None or line.case_id != case_id:
                raise errors.NoSuchCase
            service.reveal(session, self._runtime, self._runtime.current_staff(), line_id)
            pieces = reading.line_pieces(session, line)
            heavy = self._heavy(session)
        if request.accept_mimetypes.best == "application/json":
            return {"pieces": pieces, "heavy": heavy}
        return self._case_page(case_id, shown={str(line_id)})

    def show_since(self, case_id: int, content: str) -> ResponseReturnValue:
        """The text of one covered line that was written since, as it stands now; every look is in the audit."""
        ref = read_ref(content)
        if ref is None:
            raise errors.NoSuchCase
        with self._runtime.writing() as session:
            line = service.reveal_since(session, self._runtime, self._runtime.current_staff(), case_id, ref)
            heavy = self._heavy(session)
        if request.accept_mimetypes.best == "application/json":
            return {"pieces": pieces_of(line.text, ()), "heavy": heavy}
        return self._case_page(case_id, shown={f"now-{content}"})

    def decide(self, case_id: int) -> ResponseReturnValue:
        staff = self._runtime.current_staff()
        try:
            with self._runtime.writing() as session:
                decided = service.decide(session, self._runtime, staff, case_id, read_decision(request.form))
        except (errors.NoSuchCase, errors.NotAllowed):
            raise
        except errors.Refused as refusal:
            return self._case_page(case_id, refusal=refusal), STATUS.get(type(refusal), 422)
        if request.form.get("then") == "next":
            return self._take_next(decided=decided, after=case_id)
        return redirect(url_for("desk.case", case_id=case_id), code=303)

    def undo(self, decision_id: int) -> ResponseReturnValue:
        with self._runtime.writing() as session:
            case_id = service.undo(session, self._runtime, self._runtime.current_staff(), decision_id)
        return redirect(url_for("desk.case", case_id=case_id), code=303)

    def refused(self, refusal: errors.Refused) -> ResponseReturnValue:
        status = STATUS.get(type(refusal), 422)
        return render_template("desk/refused.html", refusal=refusal, **self._queue()), status

    def _queue(self) -> dict[str, Any]:
        staff = self._runtime.current_staff()
        with self._runtime.reading() as session:
            waiting = queue.queue(session, self._runtime, staff, language=_language())
            heavy = self._heavy(session)
            just = queue.just_decided(session, staff, read_number(request.args.get("decided", "")))
        return {"queue": waiting, "heavy": heavy, "heavy_most": HEAVY_A_DAY, "just_decided": just, **self._said()}

    def _heavy(self, session: Session) -> int:
        since = self._runtime.clock() - timedelta(days=1)
        return service.count_shown(session, self._runtime.current_staff().id, since)

    def _said(self) -> dict[str, Any]:
        """What every desk page says of the house, and how a refusal names the person who has a case."""
        return {"adviser": self._runtime.adviser.state(), "name_of": self._name}

    def _name(self, person_id: str) -> str:
        with self._runtime.reading() as session:
            found = self._runtime.host.people(session, [person_id]).get(person_id)
        return found.name if found is not None else ""

    def _case_page(self, case_id: int, *, shown: set[str] | None = None, refusal: errors.Refused | None = None) -> str:
        staff = self._runtime.current_staff()
        with self._runtime.reading() as session:
            view = reading.case_view(session, self._runtime, staff, case_id, shown=shown or ())
        return render_template(
            "desk/case.html",
            view=view,
            refusal=refusal,
            typed=request.form if refusal is not None else {},
            guidelines=service.GUIDELINES,
            break_hours=BREAK_HOURS,
            may_decide=Duty.CASE_DECIDE in staff.duties,
            may_limit=Duty.CASE_LIMIT in staff.duties,
            **self._queue(),
        )
