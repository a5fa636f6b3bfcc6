"""Libraries may say that something failed, never with what, and never for long."""

from __future__ import annotations

import logging

import pytest

from community.quiet import MINUTE, MOST, Quiet, QuietRequests


def said(caplog: pytest.LogCaptureFixture, filters: Quiet, *messages: str) -> list[str]:
    log = logging.getLogger(f"quiet-{id(filters)}")
    log.addFilter(filters)
    for message in messages:
        try:
            raise ValueError(message)
        except ValueError:
            log.exception("a frame of %s", message)
    return [caplog.handler.format(record) for record in caplog.records if record.name == log.name]


def test_neither_words_nor_tracebacks_of_a_client_reach_the_log(caplog: pytest.LogCaptureFixture) -> None:
    (line,) = said(caplog, Quiet(), "qwyzzle")
    assert "ValueError" in line
    assert "qwyzzle" not in line
    assert "Traceback" not in line


def test_a_flood_of_failures_is_a_few_lines_a_minute(caplog: pytest.LogCaptureFixture) -> None:
    now = [0.0]
    filters = Quiet(lambda: now[0])
    assert len(said(caplog, filters, *["x"] * 500)) == MOST
    now[0] = MINUTE
    assert len(said(caplog, filters, "x")) == MOST + 1


def test_lines_for_whoever_runs_the_house_stay_as_they_are() -> None:
    record = logging.LogRecord("gunicorn.error", logging.INFO, "", 0, "Starting %s", ("gunicorn",), None)
    assert QuietRequests().filter(record)
    assert record.getMessage() == "Starting gunicorn"
    bad = logging.LogRecord("gunicorn.error", logging.WARNING, "", 0, "Invalid request from %s: %s", ("ip", "w"), None)
    assert QuietRequests().filter(bad)
    assert bad.getMessage() == "refused or failed: no exception"
