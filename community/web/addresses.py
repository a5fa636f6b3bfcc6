"""What an address or a form may hold, so that nothing reaches the database that no row could match."""

from __future__ import annotations

from typing import Any

from flask import Flask, abort, request
from werkzeug.routing import IntegerConverter, UnicodeConverter, ValidationError

# Most row numbers are 32 bits wide, those of the busiest tables 64; JavaScript, which sends both, is exact up to 2**53.
_NARROW = 2**31 - 1
_WIDE = 2**53 - 1
NUL = "\0"  # PostgreSQL keeps no text that holds it


class RowNumber(IntegerConverter):
    """`<int:…>`: a row number. Anything larger is an address nobody has."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"max": _NARROW, **options})


class WideRowNumber(IntegerConverter):
    """`<long:…>`: a row number of a table with `BigId`."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"max": _WIDE, **options})


class Word(UnicodeConverter):
    """`<…>`: a slug or public id."""

    def to_python(self, value: str) -> str:
        """The word itself. Raises ValidationError, which is "no such page"."""
        if NUL in value:
            raise ValidationError
        return value


def init(app: Flask) -> None:
    """Set what addresses may hold, before blueprints are registered; and turn away forms that hold a NUL."""
    app.url_map.converters.update(int=RowNumber, long=WideRowNumber, string=Word, default=Word)
    app.before_request(_refuse_nul)


def _refuse_nul() -> None:
    typed = [*request.args.items(multi=True), *request.form.items(multi=True)]
    if any(NUL in name or NUL in value for name, value in typed):
        abort(400)
