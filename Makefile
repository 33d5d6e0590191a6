# make build: install what is missing, then build and check the book.   make test: the checks that take minutes.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Homebrew's libraries are not on macOS's search path.
BREW := $(shell command -v brew >/dev/null 2>&1 && brew --prefix)
RUN := $(if $(BREW),DYLD_FALLBACK_LIBRARY_PATH=$(BREW)/lib )

LOCK := --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
	--no-header --quiet

PYTEST := pytest -n auto --dist loadfile --no-loadscope-reorder

.PHONY: build all preview test test-all bench schema rules damage lock clean help

build: $(VENV)/installed ## Build the book into dist/ and check it
	$(RUN)$(BIN)/cheatsheet build

all: $(VENV)/installed ## Build all editions, side by side
	$(RUN)$(BIN)/cheatsheet build --all

preview: $(VENV)/installed ## Show the book in the browser, and keep up with every save
	$(RUN)$(BIN)/cheatsheet preview

test: $(VENV)/installed-dev node_modules ## Lint, type-check and test, without the slow tests
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(RUN)$(BIN)/$(PYTEST) -m "not slow"

test-all: $(VENV)/installed-dev node_modules ## All tests, the slow ones too
	$(RUN)$(BIN)/$(PYTEST)

bench: $(VENV)/installed-dev ## Measure the build against plain WeasyPrint
	$(RUN)$(BIN)/python benchmarks/bench.py
	$(RUN)$(BIN)/python benchmarks/preview.py

schema: $(VENV)/installed ## Make the schemas for editors anew from model/
	$(BIN)/python -c "from cheatsheet.manuscript import term_schema; print(term_schema(), end='')" > content/term.schema.json
	$(BIN)/python -c "from cheatsheet.manuscript import pairs_schema; print(pairs_schema(), end='')" > content/pairs.schema.json

rules: $(VENV)/installed ## Make docs/rules.md anew from the rules
	$(RUN)$(BIN)/python -c "from cheatsheet.cli.rulebook import rules_page; print(rules_page(), end='')" > docs/rules.md

damage: $(VENV)/installed-dev ## Make docs/damage.md anew from tests/damage/
	PYTHONPATH=tests $(BIN)/python -c "from damage import table; print(table(), end='')" > docs/damage.md

lock: $(VENV)/installed-dev ## Make the lock files anew from pyproject.toml and package.json
	$(BIN)/uv pip compile $(LOCK) -o requirements.txt pyproject.toml --group build
	$(BIN)/uv pip compile $(LOCK) -o requirements-dev.txt pyproject.toml --group build --group dev
	npm install --package-lock-only --ignore-scripts --no-audit --no-fund

clean: ## Remove what was built and installed
	rm -rf dist $(VENV) node_modules .mypy_cache .ruff_cache .pytest_cache tests/failed

help: ## Show this list
	@grep -E '^[a-z-]+:.*##' Makefile | sed 's/:.*## /\t/'

$(VENV)/bin/python:
	.ci/system-libraries $(PYTHON)
	$(PYTHON) -m venv $(VENV)

$(VENV)/installed: requirements.txt pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps -e .
	touch $@

$(VENV)/installed-dev: requirements-dev.txt $(VENV)/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	touch $@

# What the tests check the site's pages and the EPUBs with. Without npm, they are skipped and say so.
node_modules: package.json package-lock.json
	.ci/test-programs
	if command -v npm >/dev/null; then npm ci --ignore-scripts --no-audit --no-fund && touch $@; fi
