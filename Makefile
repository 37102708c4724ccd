# Everything a person or a machine runs. A fresh Debian or Ubuntu needs only Python 3.11 or newer, make and apt.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.PHONY: help run test check messages bench soak

PYTHON ?= python3
BIN := .venv/bin
PRODUCT := .venv/.product
DEVELOPMENT := .venv/.development

# Installs Debian packages as root or by sudo; otherwise says in one sentence what is missing.
define APT
install() { \
  local as=(sudo); \
  if [ "$$(id -u)" = 0 ]; then as=(); fi; \
  if ! command -v apt-get >/dev/null || ! { [ "$$(id -u)" = 0 ] || sudo -n true || { [ -t 0 ] && sudo -v; }; } 2>/dev/null; \
  then echo "Please install $$* with this system's package manager first." >&2; return 1; fi; \
  echo "Installing $$* with apt-get"; \
  "$${as[@]}" apt-get -qq update </dev/null >/dev/null || true; \
  "$${as[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get -qq install -y --no-install-recommends "$$@" </dev/null >/dev/null; \
}
endef

# Installs a lock file, which names every package there is to install, with a count.
define LOCKED
lock() { \
  local total; total=$$(grep -c '^[a-z0-9]' "$$1"); \
  $(BIN)/python -m pip install --disable-pip-version-check --no-deps --require-hashes -r "$$1" </dev/null \
    | awk -v total="$$total" '/^(Collecting|Requirement already)/ { n++; \
        if (n % 20 == 0) { printf "  packages: %d of %d\n", n, total; fflush() } }'; \
  echo "  packages: all $$total"; \
}
endef

help:  ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-7s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: $(PRODUCT)  ## start everything and print the address; Ctrl-C stops it
	@exec $(BIN)/python manage.py up

test: check .venv/.chromium .venv/.gettext  ## check, then every test but the long ones
	@$(BIN)/python -m pytest -m "not soak" -n 2 --dist loadfile --no-loadscope-reorder
	@$(APT); \
	if compgen -G 'tests/js/*.test.*js' >/dev/null; then \
	  command -v node >/dev/null || install nodejs; \
	  node --test --test-reporter=spec tests/js/*.test.*js </dev/null; \
	fi

check: $(DEVELOPMENT)  ## lint, types, import contracts, migrations
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy --strict workbench annotations
	@$(BIN)/lint-imports
	@home=$$(mktemp -d); trap 'rm -rf "$$home"' EXIT; \
	  WORKBENCH_HOME=$$home $(BIN)/python manage.py makemigrations --check
	@$(BIN)/python manage.py check

messages: $(DEVELOPMENT) .venv/.gettext  ## collect the words of the pages for translators, and compile what they wrote
	@cd annotations && ../$(BIN)/python ../manage.py makemessages --locale ar --no-location --no-wrap --no-obsolete
	@cd annotations && ../$(BIN)/python ../manage.py compilemessages --locale ar

bench: $(DEVELOPMENT) .venv/.chromium  ## the figures, on the running product over HTTP
	@$(BIN)/python -m tests.bench

soak: $(DEVELOPMENT) .venv/.chromium  ## the long fault and load runs, an hour at most
	@$(APT); command -v npm >/dev/null || install npm; command -v soffice >/dev/null || install libreoffice-calc-nogui
	@$(BIN)/python -m pytest -m soak

# pip is the last thing a new environment gets: with it, the environment is whole.
$(BIN)/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; name it with make PYTHON=..." >&2; exit 1; }
	@$(APT); $(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || install python3-venv
	@$(PYTHON) -m venv .venv

$(PRODUCT): requirements.lock | $(BIN)/pip
	@echo "Installing what the product needs into .venv (a minute, once)"
	@$(LOCKED); lock requirements.lock
	@touch $@

$(DEVELOPMENT): requirements-dev.lock requirements.lock | $(BIN)/pip
	@echo "Installing what the tests need into .venv (a minute, once)"
	@$(LOCKED); lock requirements-dev.lock
	@touch $@ $(PRODUCT)

# Django collects and compiles translations with GNU gettext.
.venv/.gettext: | $(DEVELOPMENT)
	@$(APT); command -v msgfmt >/dev/null && command -v xgettext >/dev/null || install gettext
	@touch $@

# A browser for the tests: Debian's Chromium without windows, else the machine's own, else the one playwright brings.
.venv/.chromium: | $(DEVELOPMENT)
	@$(APT); works() { command -v "$$1" >/dev/null && "$$1" --version >/dev/null 2>&1; }; \
	works chromium-headless-shell || install chromium-headless-shell 2>/dev/null || true; \
	for name in chromium-headless-shell chromium chromium-browser; do \
	  if works $$name; then touch $@; exit 0; fi; \
	done; \
	install chromium && works chromium || $(BIN)/playwright install chromium
	@touch $@
