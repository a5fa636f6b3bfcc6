"""What a page weighs on a poor line: every byte it makes a browser load, as it comes over the wire."""

from __future__ import annotations

import gzip
import posixpath
import re

from flask.testing import FlaskClient

from tests.factories import People

FIRST_PAGE, CHAT = 100_000, 200_000
_LINKS = re.compile(r"""(?:href|src)="(/static/[^"#?]+)[^"]*"|url\(["']?(/static/[^"')#?]+)""")
_IMPORTS = re.compile(r"""(?:from|import)\s*\(?\s*["'](\.{1,2}/[^"']+|/static/[^"']+)["']""")


def weight(client: FlaskClient, path: str) -> int:
    """Bytes of a page and of each file it leads a browser to load, once each."""
    page = client.get(path)
    assert page.status_code == 200
    waiting = {a or b for a, b in _LINKS.findall(page.get_data(as_text=True))}
    bodies: dict[str, bytes] = {path: page.get_data()}
    while waiting:
        asset = waiting.pop()
        answer = client.get(asset, buffered=True, headers={"Accept-Encoding": "gzip, br"})
        assert (answer.status_code, answer.content_encoding) == (200, "gzip"), asset
        bodies[asset] = answer.get_data()
        if asset.endswith((".mjs", ".js")):
            found = _IMPORTS.findall(gzip.decompress(bodies[asset]).decode())
            waiting |= {posixpath.normpath(posixpath.join(posixpath.dirname(asset), one)) for one in found}
        waiting -= bodies.keys()
    return sum(map(len, bodies.values()))


def test_the_first_page_is_light(people: People) -> None:
    client = people.visitor()
    assert 10_000 < weight(client, "/sign-in") <= FIRST_PAGE
    assert weight(client, "/help") <= FIRST_PAGE


def test_a_full_room_is_light(people: People) -> None:
    people.room()
    ana = people.member()
    socket = ana.socket()
    for number in range(60):
        text = f"{number} " + "a line of the usual length, no more than that " * 2
        socket.emit("message:send", {"room": "talk", "client_id": f"c-{number}", "text": text}, callback=True)
    assert 60_000 < weight(ana.http, "/rooms/talk") <= CHAT


def test_only_files_that_are_the_same_for_everyone_are_compressed(people: People) -> None:
    client = people.member().http
    page = client.get("/you", headers={"Accept-Encoding": "gzip"})
    assert page.content_encoding is None, "the length of a compressed page tells a listener about its words"
    plain = client.get("/static/css/base.css", buffered=True)
    assert plain.content_encoding is None
    packed = client.get("/static/css/base.css", buffered=True, headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(packed.get_data()) == plain.get_data()
    assert "Accept-Encoding" in packed.vary
    assert "Accept-Encoding" in plain.vary
    known = {"If-None-Match": packed.headers["ETag"], "Accept-Encoding": "gzip"}
    assert client.get("/static/css/base.css", buffered=True, headers=known).status_code == 304
