.DEFAULT_GOAL := help
PYTHON ?= $(shell command -v python3.11 || echo python3)
PY := .venv/bin/python

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 18

run: ## set everything up and serve a working community with demo people
	@$(PYTHON) tools/environment.py base
	@$(PY) -m community.cli prepare
	@exec $(PY) wsgi.py

dev: ## set up everything that checks and tests need
	@$(PYTHON) tools/environment.py test

check: dev ## lint, types, import contracts, house tests
	@$(PY) -m ruff format --check .
	@$(PY) -m ruff check .
	@$(PY) -m mypy
	@.venv/bin/lint-imports --no-cache
	@$(PY) -m pytest tests/house

test: dev ## every test but those that need torch
	@$(PYTHON) tools/browser.py
	@$(PY) -m pytest -n 2 --dist loadfile -m "not model and not soak"
	@node --version >/dev/null 2>&1 && node --test tests/js/*.test.mjs || echo "node is not here: the JavaScript unit tests were not run (the browser tests were)"

test-postgres: dev ## the same tests on a PostgreSQL server of their own
	@$(PYTHON) tools/browser.py
	@$(PY) -m tools.postgres -n 2 --dist loadfile -m "not model and not soak"

model: ## install the toxicity adviser and bring or accept its weights
	@$(PYTHON) tools/environment.py base
	@$(PY) -m tools.model

test-model: ## the toxicity adviser's real tests, in an environment of their own
	@test -x .venv-model/bin/python || $(PYTHON) -m venv .venv-model
	@.venv-model/bin/python -m pip install --disable-pip-version-check -q --progress-bar on -r tests/model/requirements.txt
	@.venv-model/bin/python -m pytest -m model tests/model

soak: dev ## twenty kills under load
	@$(PY) -m pytest -m soak

bench: dev ## our server against the bare Flask-SocketIO server, in one run
	@$(PY) -m tests.bench.run

bench-screen: dev ## what screening costs a message, and whether a house that knows more is slower
	@$(PY) -m tests.bench.screening $(with)

migration: dev ## draft a migration: make migration m="what changes"
	@$(PY) -m community.cli migration "$(m)"

.PHONY: help run dev check test test-postgres model test-model soak bench bench-screen migration
