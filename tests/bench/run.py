"""Measures the bare server and ours in turn, A B A B, and prints medians and the ratio. `make bench` runs this."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path
from statistics import median
from typing import IO, Any

from tests.bench.servers import ROOT, Bare, Haven, Kind, Server, clean_environment

ROWS = (
    ("acked_per_s", "acknowledged messages / s"),
    ("deliveries_per_s", "messages delivered / s"),
    ("frames_per_s", "frames delivered / s"),
    ("ack_p50_ms", "ack p50, ms"),
    ("ack_p99_ms", "ack p99, ms"),
    ("delivery_p50_ms", "delivery p50, ms"),
    ("delivery_p99_ms", "delivery p99, ms"),
    ("lost", "acknowledged, not delivered"),
    ("repeated", "delivered twice"),
    ("unanswered", "sent, never answered"),
    ("dropped_clients", "clients dropped"),
    ("statements_per_message", "statements / message"),
    ("messages_per_commit", "messages / commit"),
    ("memory_per_client_kib", "memory / client, KiB"),
    ("server_busy", "server processor, of 1"),
    ("generator_busy", "generator processor, of 1"),
)
BUSY = 0.9
NOT_MEASURED = "not measured"


def main() -> None:
    """Parse options, measure, print, write JSON; exit 1 when anything acknowledged was not delivered."""
    options = _options()
    kinds = _kinds(options)
    results: dict[str, list[dict[str, Any]]] = {kind.name: [] for kind in kinds}
    for number in range(options.rounds):
        for kind in kinds:
            print(f"round {number + 1} of {options.rounds}: {kind.name} …", file=sys.stderr, flush=True)
            results[kind.name].append(measure(kind, options))
    middle = {name: _median(rounds) for name, rounds in results.items()}
    print(table(middle, options))
    for name, rounds in results.items():
        idle = [r["server_busy"] for r in rounds if r["server_busy"] < BUSY]
        if idle:
            # Delayed acknowledgements (40 ms, no TCP_NODELAY) or a neighbour on the core: not what the code can do.
            print(f"note: {name} did not fill its core in {len(idle)} of {len(rounds)} rounds ({min(idle):.2f} of 1)")
    if options.json:
        options.json.parent.mkdir(parents=True, exist_ok=True)
        record = {"options": vars(options) | {"json": str(options.json)}, "median": middle, "rounds": results}
        options.json.write_text(json.dumps(record, indent=1) + "\n")
    if any(r["lost"] or r["unanswered"] or r["dropped_clients"] for rounds in results.values() for r in rounds):
        sys.exit("FAILED: something acknowledged was not delivered, or a client was left without an answer")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=200)
    parser.add_argument("--room-size", type=int, default=50)
    parser.add_argument("--senders", type=int, default=40)
    parser.add_argument("--seconds", type=float, default=8)
    parser.add_argument("--warmup", type=float, default=1)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--server", choices=("own", "gunicorn"), default="own")
    parser.add_argument("--only", choices=("bare", "ours", "ceiling"), help="measure just one")
    parser.add_argument("--json", type=Path, help="also write every figure to this file")
    options = parser.parse_args()
    if len(os.sched_getaffinity(0)) < 2:
        parser.error("needs two processor cores: one for the server, one for the load")
    return options


def _kinds(options: argparse.Namespace) -> list[Kind]:
    gunicorn = options.server == "gunicorn"
    kinds: dict[str, Kind] = {"bare": Bare(gunicorn=gunicorn), "ours": Haven(gunicorn=gunicorn)}
    if options.only == "ceiling":
        return [Bare(gunicorn=False, name="ceiling", script="ceiling_server")]
    return [kinds[options.only]] if options.only else list(kinds.values())


def measure(kind: Kind, options: argparse.Namespace) -> dict[str, Any]:
    """One run of one server, from start to stop."""
    rooms = max(1, options.clients // options.room_size)
    with Server(kind, options.clients, rooms) as server:
        plan = {
            "port": server.port,
            "clients": server.clients,
            "senders": options.senders,
            "seconds": options.seconds,
            "warmup": options.warmup,
            "server_pid": server.process.pid,
        }
        return _drive(server, plan)


def _drive(server: Server, plan: dict[str, Any]) -> dict[str, Any]:
    with subprocess.Popen(
        [sys.executable, "-m", "tests.bench.load"],
        cwd=ROOT,
        env=clean_environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: os.sched_setaffinity(0, {1}),
    ) as load:
        assert load.stdin is not None
        assert load.stdout is not None
        try:
            _tell(load.stdin, json.dumps(plan))
            _hear(load.stdout, server, "warm")
            before = server.memory()
            _tell(load.stdin, "go")
            _hear(load.stdout, server, "joined")
            per_client = (server.memory() - before) / len(plan["clients"]) / 1024
            counted = server.counts()
            _tell(load.stdin, "go")
            result: dict[str, Any] = json.loads(_hear(load.stdout, server))
            work = {name: value - counted[name] for name, value in server.counts().items()}
        finally:
            load.stdin.close()
            load.terminate()
    if work:
        result["statements_per_message"] = round(work["statements"] / max(1, result["sent"]), 2)
        result["messages_per_commit"] = round(result["sent"] / max(1, work["commits"]), 1)
    return {**result, "memory_per_client_kib": round(per_client, 1)}


def _tell(pipe: IO[str], line: str) -> None:
    pipe.write(line + "\n")
    pipe.flush()


def _hear(pipe: IO[str], server: Server, word: str | None = None) -> str:
    line = pipe.readline().strip()
    if not line or (word and line != word):
        raise SystemExit(f"the load generator stopped ({line or 'no word'}); the server said:\n{server.complaints()}")
    return line


def _median(rounds: list[dict[str, Any]]) -> dict[str, Any]:
    """Medians of rates and times; the worst of anything that must be zero."""
    worst = {"lost", "repeated", "unanswered", "dropped_clients"}
    names = [key for key, _ in ROWS if all(key in r for r in rounds)]
    middle: dict[str, Any] = {k: round((max if k in worst else median)(r[k] for r in rounds), 2) for k in names}
    middle["answers"] = [r["answers"] for r in rounds]
    return middle


def table(middle: dict[str, dict[str, Any]], options: argparse.Namespace) -> str:
    """The figures as text, one column a server."""
    names = list(middle)
    lines = [
        f"{options.clients} clients, rooms of {options.room_size}, {options.senders} senders in a closed loop, "
        f"{options.seconds:g} s, median of {options.rounds}, server: {options.server}",
        f"{'':30}" + "".join(f"{name:>14}" for name in names) + ("    ours/bare" if len(names) == 2 else ""),
    ]
    for key, label in ROWS:
        cells = [middle[name].get(key, NOT_MEASURED) for name in names]
        line = f"{label:30}" + "".join(f"{cell:>14}" for cell in cells)
        if len(names) == 2 and key in {"acked_per_s", "deliveries_per_s"}:
            line += f"{cells[1] / cells[0]:>13.2f}"
        lines.append(line)
    lines += [f"answers, {name}: {middle[name]['answers']}" for name in names]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
