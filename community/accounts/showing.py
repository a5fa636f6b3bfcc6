"""What the account pages share: refusals as words beside a field, and where someone lands who has just signed in."""

from __future__ import annotations

from flask import make_response, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from community import navigation
from community.accounts.models import Account
from community.errors import DomainError, TooMany
from community.web import edge, identity


def welcome(account: Account, token: str, *, shared: bool, to: str = "") -> ResponseReturnValue:
    """Put the device session into the cookie, and lead to `to` or to where this person's work or talk is."""
    identity.sign_in(token, keep=not shared and account.kind == "member")
    answer = make_response(redirect(url_for(to or navigation.home(edge.someone())), code=303))
    return answer if shared else identity.remember_device(answer, account.handle_key)


def words(refusal: DomainError) -> str:
    """A refusal in the language of this request."""
    # A passphrase is never put back into its field, so these pages can't say that what was typed is still there.
    code = "too-many-tries" if isinstance(refusal, TooMany) else refusal.code
    return edge.t(f"problem-{code}", **refusal.data)


def say_what_is_missing(form: FlaskForm) -> None:
    """Put our own words in place of the library's."""
    for field in form:
        if field.errors:
            field.errors = [edge.t("problem-field-missing")]
