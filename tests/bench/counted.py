"""Our server exactly as `wsgi.py` makes it, with a counter on its database: statements and commits, on request.

A request is a file `<BENCH_STATS>.ask`; the answer is written to `<BENCH_STATS>`. No signal, because gunicorn has its
own use for them, and nothing in the server itself, because the benchmark is not its business.
"""

import wsgi  # first: it patches the standard library for gevent

# isort: split

import json
import os
from pathlib import Path

import gevent
from sqlalchemy import event

ASK_SECONDS = 0.05

app = wsgi.app
counted = {"statements": 0, "commits": 0}


def _statement(*_: object) -> None:
    counted["statements"] += 1


def _commit(_connection: object) -> None:
    counted["commits"] += 1


def _answer(path: Path) -> None:
    ask, draft = path.with_suffix(".ask"), path.with_suffix(".draft")
    while True:
        if ask.exists():
            ask.unlink()
            draft.write_text(json.dumps(counted))
            draft.rename(path)
        gevent.sleep(ASK_SECONDS)


event.listen(wsgi.wired.house.database.engine, "before_cursor_execute", _statement)
event.listen(wsgi.wired.house.database.engine, "commit", _commit)
gevent.spawn(_answer, Path(os.environ["BENCH_STATS"]))

if __name__ == "__main__":
    wsgi.serve()
