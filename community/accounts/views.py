"""Pages for joining, signing in and out, the rights summary, and a worker's codes."""

from __future__ import annotations

import secrets

from flask import Blueprint, redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from community import limits
from community.access import Audience, Duty, access
from community.accounts import demo, handles, passphrases, queries, service
from community.accounts.forms import CodeForm, InviteForm, JoinForm, SignInForm, StaffSignInForm
from community.accounts.passphrase_views import ask_first
from community.accounts.showing import say_what_is_missing, welcome, words
from community.actors import StaffActor
from community.errors import DomainError
from community.web import edge, identity
from community.web.house import house

accounts = Blueprint("accounts", __name__)
invites = Blueprint("invites", __name__)

_MADE = "made-code"  # where the cookie keeps a new code until the page that shows it, once
_CODE = "join-code"  # where the cookie keeps the code between the two steps of joining


@accounts.route("/sign-in", methods=["GET", "POST"])
@access(Audience.PUBLIC)
def sign_in() -> ResponseReturnValue:
    """A youth signs in with a Haven name and a passphrase."""
    ended = request.method == "GET" and identity.told_it_was_ended()
    form = SignInForm()
    if form.validate_on_submit():
        command = service.SignIn(form.name.data or "", form.passphrase.data or "", shared_device=bool(form.shared.data))
        try:
            return _sign_in(command, adults=False)
        except DomainError as refusal:
            form.passphrase.errors = [words(refusal)]
    else:
        say_what_is_missing(form)
    people = demo.people(house(), edge.now(), adults=False)
    return edge.render("accounts/sign_in.html", form=form, ended=ended, demo_people=people)


@accounts.route("/staff/sign-in", methods=["GET", "POST"])
@access(Audience.PUBLIC)
def staff_sign_in() -> ResponseReturnValue:
    """Staff and providers sign in with a passphrase and a six-digit code."""
    form = StaffSignInForm()
    if form.validate_on_submit():
        try:
            command = service.SignIn(form.name.data or "", form.passphrase.data or "", form.code.data or "")
            return _sign_in(command, adults=True)
        except DomainError as refusal:
            # Which of the three was wrong is not said, but that there are three is.
            is_wrong = refusal.code == "sign-in-no"
            form.code.errors = [edge.t("problem-sign-in-no-staff") if is_wrong else words(refusal)]
    else:
        say_what_is_missing(form)
    people = demo.people(house(), edge.now(), adults=True)
    return edge.render("accounts/staff_sign_in.html", form=form, demo_people=people)


@accounts.post("/sign-out")
@access(Audience.SIGNED_IN)
def sign_out() -> ResponseReturnValue:
    """Sign this device out."""
    actor = edge.someone()
    with edge.writing() as db:
        service.end_session(db, actor, actor.session_id, now=edge.now())
    identity.sign_out()
    return redirect(url_for("board.index"), code=303)


@accounts.route("/join", methods=["GET", "POST"])
@access(Audience.PUBLIC)
def join() -> ResponseReturnValue:
    """First step: the code from a program."""
    form = CodeForm()
    if form.validate_on_submit():
        try:
            counted = [(limits.JOIN_ADDRESS, edge.address())]
            house().limiter.take_all(counted)
            with edge.reading() as db:
                service.open_invite(db, form.code.data or "", now=edge.now())
            house().limiter.give_back(counted)
            session[_CODE] = form.code.data
            return redirect(url_for("accounts.join_name"), code=303)
        except DomainError as refusal:
            form.code.errors = [words(refusal)]
    else:
        say_what_is_missing(form)
    return edge.render("accounts/join_code.html", form=form)


@accounts.route("/join/name", methods=["GET", "POST"])
@access(Audience.PUBLIC)
def join_name() -> ResponseReturnValue:
    """Second step: a Haven name and a passphrase; then the new member is in."""
    if _CODE not in session:
        return redirect(url_for("accounts.join"), code=303)
    form = JoinForm()
    asked = ""  # a name we asked about once; sent again unchanged, it is taken
    if form.validate_on_submit():
        try:
            return _join(form)
        except DomainError as refusal:
            if refusal.code == "code-no":
                session.pop(_CODE, None)
                raise
            field = form.passphrase if refusal.code.startswith("pass-") else form.name
            field.errors = [words(refusal)]
            asked = _spaced(form.name.data) if refusal.code == "name-real" else ""
    else:
        say_what_is_missing(form)
    return edge.render("accounts/join_name.html", form=form, asked=asked, ideas=handles.ideas(3, secrets.choice))


@invites.route("/invites", methods=["GET", "POST"])
@access(Audience.STAFF, Duty.INVITE_CREATE)
def index() -> ResponseReturnValue:
    """A worker makes single-use codes; a code is shown once."""
    actor = edge.the(StaffActor)
    form = InviteForm()
    if form.validate_on_submit():
        with edge.writing() as db:
            hours = house().settings.invite_hours
            session[_MADE] = service.make_invite(db, actor, band=form.band.data or "", hours=hours, now=edge.now())
        return redirect(url_for("invites.index"), code=303)  # so that a reload makes no second code
    code = session.pop(_MADE, "")
    with edge.reading() as db:
        open_codes = queries.open_invites(db, actor.agency_id, now=edge.now())
    return edge.render("accounts/invites.html", form=form, code=code, open_codes=open_codes)


@invites.post("/invites/<int:invite_id>/cancel")
@access(Audience.STAFF, Duty.INVITE_CREATE)
def cancel(invite_id: int) -> ResponseReturnValue:
    """End a code nobody used."""
    with edge.writing() as db:
        service.cancel_invite(db, edge.the(StaffActor), invite_id, now=edge.now())
    return redirect(url_for("invites.index"), code=303)


def _sign_in(command: service.SignIn, *, adults: bool) -> ResponseReturnValue:
    home, now = house(), edge.now()
    counted = _counted(handles.key(command.handle))
    home.limiter.take_all(counted)
    with edge.reading() as db:
        found = service.account_named(db, command.handle)
    if found is not None and (found.kind != "member") != adults:
        found = None
    # The hash is checked outside any transaction: it is slow on purpose.
    if not home.passphrases.matches(found.passphrase_hash if found else None, command.passphrase) or found is None:
        raise DomainError("sign-in-no")
    second = [(limits.SECOND_FACTOR, found.handle_key)] if adults else []
    home.limiter.take_all(second)
    with edge.writing() as db:
        account = service.unchanged(db, found)
        service.check_second_factor(db, account, command.code, now=now)
        service.check_may_sign_in(db, account, now=now)
        is_first = account.passphrase_until is not None
        token = "" if is_first else service.start_session(db, account, shared_device=command.shared_device, now=now)
    home.limiter.give_back(counted + second)
    if is_first:
        return ask_first(account)
    return welcome(account, token, shared=command.shared_device)


def _counted(handle_key: str) -> list[tuple[limits.Rule, str]]:
    """The limits one try to sign in is counted under."""
    device = identity.known_device(handle_key)
    if device is not None:
        return [(limits.SIGN_IN_KNOWN, device)]
    address = edge.address()
    return [
        (limits.SIGN_IN_ADDRESS, address),
        (limits.SIGN_IN_PAIR, f"{handle_key} {address}"),
        (limits.SIGN_IN_NAME, handle_key),
    ]


def _spaced(typed: str | None) -> str:
    return " ".join((typed or "").split())


def _join(form: JoinForm) -> ResponseReturnValue:
    home, now = house(), edge.now()
    counted = [(limits.JOIN_ADDRESS, edge.address())]
    home.limiter.take_all(counted)
    command = service.Join(
        code=session[_CODE],
        handle=_spaced(form.name.data),
        passphrase=form.passphrase.data or "",
        language=edge.language(),
        shared_device=bool(form.shared.data),
    )
    refusal = handles.problem(command.handle) or passphrases.problem(command.passphrase, command.handle)
    if not refusal and handles.looks_real(command.handle) and form.sure.data != command.handle:
        refusal = "name-real"
    if refusal:
        raise DomainError(refusal)
    hashed = home.passphrases.hash(command.passphrase)
    with edge.writing() as db:
        member = service.join(db, command, hashed=hashed, now=now)
        token = service.start_session(db, member, shared_device=command.shared_device, now=now)
    home.limiter.give_back(counted)
    return welcome(member, token, shared=command.shared_device, to="pages.rights")
