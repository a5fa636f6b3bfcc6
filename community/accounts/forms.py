"""Forms of the account pages. They only carry what was typed; the domain decides whether it is good."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import BooleanField, PasswordField, StringField
from wtforms.validators import AnyOf, InputRequired, Length

from community.accounts.models import BANDS

LONGEST = 300  # far above any good name or passphrase: the domain says the real limits


class SignInForm(FlaskForm):
    """A youth signs in."""

    name = StringField(validators=[InputRequired(), Length(max=LONGEST)])
    passphrase = PasswordField(validators=[InputRequired(), Length(max=LONGEST)])
    shared = BooleanField()


class StaffSignInForm(FlaskForm):
    """An adult signs in."""

    name = StringField(validators=[InputRequired(), Length(max=LONGEST)])
    passphrase = PasswordField(validators=[InputRequired(), Length(max=LONGEST)])
    code = StringField(validators=[InputRequired(), Length(max=12)])


class CodeForm(FlaskForm):
    """The code a program gave."""

    code = StringField(validators=[InputRequired(), Length(max=40)])


class JoinForm(FlaskForm):
    """The name and passphrase of a new member."""

    name = StringField(validators=[InputRequired(), Length(max=LONGEST)])
    passphrase = PasswordField(validators=[InputRequired(), Length(max=LONGEST)])
    shared = BooleanField()


class FirstPassphraseForm(FlaskForm):
    """The passphrase an adult chooses in place of the one-time one."""

    new = PasswordField(validators=[InputRequired(), Length(max=LONGEST)])


class ChangePassphraseForm(FlaskForm):
    """The passphrase now, and the one to have from now on."""

    current = PasswordField(validators=[InputRequired(), Length(max=LONGEST)])
    new = PasswordField(validators=[InputRequired(), Length(max=LONGEST)])


class InviteForm(FlaskForm):
    """A worker asks for a code."""

    band = StringField(validators=[InputRequired(), AnyOf(BANDS)])
