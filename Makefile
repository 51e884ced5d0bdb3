PYTHON ?= python3
BIN := .venv/bin
# Some machines tell Python to keep no bytecode: each of our programs would compile its sources at every start.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: help start test lint pictures bench docs
help: ## print these commands
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /make \1\t/' | expand -t 14

start: .venv/ready ## run everything on this machine; prints one address
	@$(BIN)/ekstranet start

test: .venv/tools ## the whole suite
	@tests/support/chromium.sh
	@$(BIN)/python -m pytest -n 2 --dist loadfile

lint: .venv/tools ## ruff, mypy strict, import contracts
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy && $(BIN)/lint-imports

pictures: .venv/tools ## take the README's pictures anew
	@KANTA_PICTURES=docs/pictures $(BIN)/python -m pytest -q tests/journeys/browser

bench: .venv/ready ## measure, and print each figure beside its limit
	@$(BIN)/python -m bench

docs: .venv/ready ## write the generated files anew
	@$(BIN)/python -m documents

INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable

.venv/ready: pyproject.toml constraints.txt
	@$(PYTHON) -m venv .venv
	@echo "Installing the pinned versions (a minute or so, only when they change)"
	@$(INSTALL) '.[local]'
	@touch $@

# What only tests and checks need is large: a browser's driver, a whole PostgreSQL, Node.
.venv/tools: .venv/ready
	@echo "Installing what the tests and checks need (a minute or two, only when it changes)"
	@$(INSTALL) '.[local,dev]'
	@touch $@
