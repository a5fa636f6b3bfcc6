"""The yardstick: Flask-SocketIO on gevent as it comes; joins rooms, acks, broadcasts. No database, no screening."""

from gevent import monkey

monkey.patch_all()

import itertools  # noqa: E402  (gevent must patch first)
import os  # noqa: E402
import signal  # noqa: E402
from datetime import UTC, datetime  # noqa: E402
from typing import Any  # noqa: E402

from flask import Flask, request  # noqa: E402
from flask_socketio import SocketIO, emit, join_room  # noqa: E402

app = Flask(__name__)
socketio = SocketIO(app, async_mode="gevent")
numbers = itertools.count(1)
names: dict[str, str] = {}


@socketio.on("room:join")
def join(data: dict[str, Any]) -> dict[str, Any]:
    """Put the socket into a room."""
    join_room(data["room"])
    names[request.sid] = f"member-{len(names)}"  # type: ignore[attr-defined]
    return {"ok": True, "revision": 0, "more": False, "messages": []}


@socketio.on("message:send")
def send(data: dict[str, Any]) -> dict[str, Any]:
    """Broadcast one message to its room, one message a frame, and acknowledge it."""
    number = next(numbers)
    message = {
        "id": number,
        "rev": number,
        "cid": data["client_id"],
        "state": "published",
        "at": datetime.now(UTC).isoformat(),  # noqa: TID251
        "text": data["text"],
        "author": {"id": request.sid, "name": names[request.sid], "role": "member"},  # type: ignore[attr-defined]
        "reply": None,
    }
    emit("room:changes", {"room": data["room"], "messages": [message]}, to=data["room"])
    return {"ok": True, "state": "published", "message": message}


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
    socketio.run(app, host="127.0.0.1", port=int(os.environ["HAVEN_PORT"]))
