"""The only sanitiser and the only maker of markup: bleach stands behind this one function (docs/decisions/0009)."""

from __future__ import annotations

import bleach
from markupsafe import Markup

TAGS = frozenset({"p", "br", "strong", "em", "ul", "ol", "li", "a"})


def rich(source: str) -> Markup:
    """Provider or staff text that may hold simple formatting, made safe to show. Links lose their referrer.

    Chat text never comes here: it is plain, and templates escape it.
    """
    clean = bleach.clean(source, tags=TAGS, attributes={"a": ["href"]}, protocols={"https", "tel"}, strip=True)
    return Markup(clean.replace("<a ", '<a rel="noopener noreferrer nofollow" '))  # noqa: S704 - cleaned above
