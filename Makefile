# Everything a developer does. “make help” lists it.
.DEFAULT_GOAL := help
SHELL := /bin/sh
PYTHON := .venv/bin/python
UV := .boot/bin/uv
BIN := .venv/bin
CATALOGUES := $(wildcard locale/*/LC_MESSAGES/django.po)
COMPILED := $(CATALOGUES:.po=.mo)
CHECKS := check-format check-lint check-types check-imports check-templates check-texts \
	check-vendored check-migrations check-deployment
# Companies sign their own certificates; the system knows them.
export UV_SYSTEM_CERTS := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help run test check fix bench storm storm-faults browser install lock upgrade messages clean reset $(CHECKS)

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: install ## run everything on this machine (PORT, DATABASE_URL, REDIS_URL override)
	@exec $(PYTHON) manage.py dev --with-parent

test: install $(COMPILED) ## run all tests (ARGS="tests/local -k port" for some)
	@exec $(PYTHON) -m pytest -n logical $(ARGS)

check: install $(COMPILED) ## format, lint, types, contracts, templates, texts, migrations, deployment
	@$(MAKE) --no-print-directory --keep-going --jobs=2 --output-sync=target $(CHECKS)

fix: install ## format and repair what can be repaired
	@$(BIN)/ruff check --quiet --fix-only .
	@$(BIN)/ruff format --quiet .

bench: install $(COMPILED) ## measure the pages that people wait for
	@exec $(PYTHON) -m pytest tests/bench -m bench -n 0 -s -q

storm: install $(COMPILED) ## kill everything while a million messages are due (ARGS=mails for one)
	@exec $(PYTHON) -m tests.storm $(ARGS)

storm-faults: install $(COMPILED)
	@exec $(PYTHON) -m pytest tests/storm -m storm -n 0 -q $(ARGS)

browser: ## install Debian's Chromium for the browser tests
	@sh mentoring/local/system.sh chromium

install: .venv/.installed

.venv/.installed: requirements.lock .python-version mentoring/local/bootstrap.sh
	@sh mentoring/local/bootstrap.sh

lock: $(UV) ## resolve the dependencies of pyproject.toml again
	@$(UV) lock --quiet
	@$(UV) export --quiet --all-groups --no-emit-project --no-annotate --no-header -o requirements.lock

upgrade: $(UV) ## take the newest versions that fit
	@$(UV) lock --quiet --upgrade
	@$(UV) export --quiet --all-groups --no-emit-project --no-annotate --no-header -o requirements.lock

$(UV):
	@sh mentoring/local/bootstrap.sh --only-uv

messages: install ## collect the texts to translate into locale/
	@$(PYTHON) manage.py messages update

%.mo: %.po | install
	@$(PYTHON) manage.py messages compile

clean: ## remove what was installed and built; the local data stays
	@rm -rf .venv .boot .mypy_cache .ruff_cache .pytest_cache .import_linter_cache test-results
	@rm -f $(COMPILED)
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

reset: ## throw the local data away, so that the next “make run” begins anew
	@if kill -0 "$$(head -n 1 .local/postgres/data/postmaster.pid 2>/dev/null)" 2>/dev/null; then \
		echo "Stop “make run” first."; exit 1; fi
	@rm -rf .local

check-format:
	@$(BIN)/ruff format --check --quiet . || { echo "Not formatted: run “make fix”."; exit 1; }

check-lint:
	@$(BIN)/ruff check --quiet .

check-types:
	@$(BIN)/mypy

check-imports:
	@$(BIN)/lint-imports --no-logo

check-templates:
	@$(BIN)/djlint --lint --quiet templates

check-texts:
	@$(PYTHON) manage.py messages check

check-vendored:
	@$(PYTHON) manage.py vendored check

check-migrations:
	@$(PYTHON) manage.py services --temporary -- $(PYTHON) manage.py makemigrations --check --dry-run

check-deployment:
	@sh mentoring/local/deployment.sh
