"""Pages where people choose a passphrase: an adult's first one in place of the one-time one, and anyone's next one."""

from __future__ import annotations

from flask import Blueprint, redirect, session, url_for
from flask.typing import ResponseReturnValue

from community import limits
from community.access import Audience, access
from community.accounts import passphrases, service
from community.accounts.forms import ChangePassphraseForm, FirstPassphraseForm
from community.accounts.models import Account
from community.accounts.showing import say_what_is_missing, welcome, words
from community.errors import DomainError
from community.ids import digest
from community.web import edge
from community.web.house import house

passphrase = Blueprint("passphrase", __name__)

# Where the cookie keeps who gave a one-time passphrase and a fresh code. It is no session: it opens this one page.
_FIRST = "first-passphrase"
_FIRST_SECONDS = 900  # long enough to think of four words, too short for a browser left open


def ask_first(account: Account) -> ResponseReturnValue:
    """Lead someone who came in with a one-time passphrase to choosing their own. Nobody is signed in until then."""
    session.clear()
    session[_FIRST] = [account.id, digest(account.passphrase_hash), int(edge.now().timestamp())]
    return redirect(url_for("passphrase.first"), code=303)


@passphrase.route("/staff/passphrase", methods=["GET", "POST"])
@access(Audience.PUBLIC)
def first() -> ResponseReturnValue:
    """Choose a passphrase in place of the one-time one; then this device is signed in."""
    account_id, proof, at = session.get(_FIRST, (0, "", 0))
    if edge.now().timestamp() - at > _FIRST_SECONDS:
        session.pop(_FIRST, None)
        return redirect(url_for("accounts.staff_sign_in"), code=303)
    with edge.reading() as db:
        account = service.waiting_to_choose(db, account_id, proof, now=edge.now())
    form = FirstPassphraseForm()
    if form.validate_on_submit():
        try:
            hashed = _hashed(account, form.new.data or "")
            with edge.writing() as db:
                found = service.waiting_to_choose(db, account_id, proof, now=edge.now())
                service.change_passphrase(db, found, hashed=hashed, keep=None, now=edge.now())
                token = service.start_session(db, found, shared_device=False, now=edge.now())
            return welcome(found, token, shared=False)
        except DomainError as refusal:
            form.new.errors = [words(refusal)]
    else:
        say_what_is_missing(form)
    return edge.render("accounts/first_passphrase.html", form=form, name=account.handle)


@passphrase.route("/you/passphrase", methods=["GET", "POST"])
@access(Audience.SIGNED_IN)
def change() -> ResponseReturnValue:
    """Change one's passphrase; it needs the one in use, and signs every other device out."""
    form = ChangePassphraseForm()
    if form.validate_on_submit():
        try:
            return _change(form)
        except DomainError as refusal:
            field = form.current if refusal.code in {"pass-wrong", "too-many"} else form.new
            field.errors = [words(refusal)]
    else:
        say_what_is_missing(form)
    return edge.render("accounts/change_passphrase.html", form=form, done=False)


def _change(form: ChangePassphraseForm) -> ResponseReturnValue:
    actor, home = edge.someone(), house()
    # Somebody who picked up an open phone must not be able to guess for long. Counted apart from signing in, so that
    # strangers who try the name elsewhere do not keep its owner from changing the passphrase.
    home.limiter.take(limits.PASSPHRASE, str(actor.id))
    with edge.reading() as db:
        account = db.get_one(Account, actor.id)
    if not home.passphrases.matches(account.passphrase_hash, form.current.data or ""):
        raise DomainError("pass-wrong")
    hashed = _hashed(account, form.new.data or "")
    with edge.writing() as db:
        service.change_passphrase(db, account, hashed=hashed, keep=actor.session_id, now=edge.now())
    return edge.render("accounts/change_passphrase.html", form=form, done=True)


def _hashed(account: Account, new: str) -> str:
    """The hash of a new passphrase, slow on purpose: never inside a transaction. Raises DomainError if it won't do."""
    refusal = passphrases.problem(new, account.handle)
    if refusal:
        raise DomainError(refusal)
    if house().passphrases.matches(account.passphrase_hash, new):
        raise DomainError("pass-same")
    return house().passphrases.hash(new)
