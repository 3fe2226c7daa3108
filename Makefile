# Everything a fresh machine needs is brought into .venv; only Python 3.11 or newer, make and git are assumed.
PYTHON ?= python3
UV_VERSION := 0.13.9
BIN := .venv/bin
export UV_PYTHON_DOWNLOADS := never
ISLANDS := hatch_build.py $(wildcard web/*.json web/*.ts web/islands/*.ts web/islands/*/*.ts)

.PHONY: help setup serve test soak lint bench ontology screenshots
help:
	@echo 'make serve     load the shipped data and serve it on http://127.0.0.1:8000'
	@echo 'make test      run every test'
	@echo 'make soak      run the long tests of docs/reliability.md: 20 minutes on two cores'
	@echo 'make lint      formatting, lint and types'
	@echo 'make bench     print the benchmark tables (one alone: .venv/bin/python -m bench.run states)'
	@echo 'make screenshots  write pictures of every page to build/screenshots'
	@echo 'make ontology  rewrite ontology/ and data/ as the OWL API writes them'
	@echo 'make setup     only build .venv'

setup: .venv/islands

.venv/ready: pyproject.toml uv.lock
	$(PYTHON) -m venv --clear .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	$(BIN)/uv sync --locked --quiet
	@touch $@

# The installation has built them; here they are built again when their sources change.
.venv/islands: .venv/ready $(ISLANDS)
	$(BIN)/python hatch_build.py
	@touch $@

serve: setup
	$(BIN)/servanda load data
	$(BIN)/servanda serve

test: setup
	$(BIN)/pytest -n auto

soak: setup
	$(BIN)/pytest -n 2 --dist worksteal -m soak --durations 20

lint: setup
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/python hatch_build.py check

bench: setup
	$(BIN)/python -m bench.run

ontology: setup
	$(BIN)/servanda check-ontology --normalise

screenshots: setup
	$(BIN)/python -m tests.browser.screenshots
