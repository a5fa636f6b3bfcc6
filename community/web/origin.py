"""Whether a request comes from a page of ours. Pure: what the browser said in, yes or no out."""

from __future__ import annotations

from urllib.parse import urlsplit

# What a browser says of a request that one of our own pages made, or that a person typed.
_OURS = frozenset({"same-origin", "none"})


def is_foreign(origin: str | None, fetch_site: str | None, *, host: str, public_url: str) -> bool:
    """True when the browser says that another site's page sent this form.

    `origin` and `fetch_site` are the headers Origin and Sec-Fetch-Site. Our pages send no referrer, so browsers
    write "null" into Origin when they post a form: that says nothing, and the form's token decides alone.
    """
    if fetch_site is not None and fetch_site not in _OURS:
        return True
    return origin is not None and origin != "null" and not is_ours(origin, host=host, public_url=public_url)


def is_ours(origin: str, *, host: str, public_url: str) -> bool:
    """True when an Origin is this site: by the address it was asked under, or by the one people type.

    The scheme is not compared for the host, since a proxy may end https before us.
    """
    said, public = urlsplit(origin), urlsplit(public_url)
    if said.scheme not in {"http", "https"} or not said.netloc:
        return False
    return said.netloc == host or (said.scheme, said.netloc) == (public.scheme, public.netloc)
