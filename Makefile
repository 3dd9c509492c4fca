# The commands of the repository. `make run` and `make test` are all a newcomer needs.
# Everything is installed into .venv; nothing outside this folder is changed.

PYTHON ?= python3
PORT ?= 8000
VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip --disable-pip-version-check --no-input
BABEL := $(PY) -m babel.messages.frontend
LOCK := uv pip compile pyproject.toml --universal --python-version 3.11 \
	--generate-hashes --no-header --no-annotate --quiet

MAKEFLAGS += --no-print-directory
# A user's own Python settings must not reach into the environment made here.
unexport PYTHONHOME PYTHONPATH PIP_USER PIP_TARGET PIP_PREFIX PIP_REQUIRE_VIRTUALENV VIRTUAL_ENV
export PYTHONNOUSERSITE = 1

.DEFAULT_GOAL := help
.PHONY: help run test check screenshots bench install install-dev environment catalogues messages lock clean

help:
	@echo 'make run [PORT=9000]  install what is needed and start Plenary on this machine'
	@echo 'make test             run every test, on servers it brings along'
	@echo 'make check            lint, format, types, layers, migrations, repository rules'
	@echo 'make screenshots      take the pictures of the README and the guides anew'
	@echo 'make bench            measure complete responses per second'
	@echo 'make install          install into .venv what running needs'
	@echo 'make install-dev      install into .venv what tests and checks need besides'
	@echo 'make messages         bring the catalogues up to date with the texts in the code'
	@echo 'make lock             bring the lock files up to date with pyproject.toml'
	@echo 'make clean            remove what was installed or built; data in var/ stays'

run: install
	@export PORT='$(PORT)'; exec $(PY) -m core.launch

test: install-dev
	@$(PY) -m pytest

check: install-dev
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check --quiet .
	@$(PY) -m mypy
	@$(VENV)/bin/lint-imports --no-logo
	@scratch=$$(mktemp -d) && trap 'rm -rf "$$scratch"' EXIT && \
		export PLENARY_DATA_DIR="$$scratch" PLENARY_ENVIRONMENT=development && \
		unset PLENARY_DATABASE_URL && \
		$(PY) -m flask --app wsgi db upgrade > /dev/null && $(PY) -m flask --app wsgi db check
	@$(PY) -m pytest -q -n 0 tests/repository/test_modules.py tests/repository/test_locks.py

screenshots: install-dev
	@PLENARY_SCREENSHOTS=docs/screenshots $(PY) -m pytest -q tests/browser/test_journey.py tests/browser/test_staff.py

bench: install-dev
	@$(PY) -m tests.performance.bench

# The file `unfinished` stands while packages are installed: found by the next call, it means that
# one was interrupted, and the environment is made anew.
install: environment
	@cmp -s requirements.lock $(VENV)/installed.lock || { \
		echo 'Installing into $(VENV) from requirements.lock; this takes a minute or two.' && \
		touch $(VENV)/unfinished && \
		$(PIP) install -qq --require-hashes -r requirements.lock && \
		cp requirements.lock $(VENV)/installed.lock && rm $(VENV)/unfinished; }
	@$(MAKE) catalogues

install-dev: install
	@cmp -s requirements-dev.lock $(VENV)/installed-dev.lock || { \
		echo 'Installing into $(VENV) from requirements-dev.lock what tests and checks need.' && \
		touch $(VENV)/unfinished && \
		$(PIP) install -qq --require-hashes -r requirements-dev.lock && \
		cp requirements-dev.lock $(VENV)/installed-dev.lock && rm $(VENV)/unfinished; }

# Makes the environment when it is missing or unfinished, or its Python is gone.
environment:
	@{ [ ! -e $(VENV)/unfinished ] && $(PY) -c 'import pip' 2> /dev/null; } || { \
		command -v '$(PYTHON)' > /dev/null || { \
			echo 'Plenary needs Python 3.11 or newer, and "$(PYTHON)" is not on this machine;' \
				'name one, as in: make run PYTHON=python3.12' >&2; exit 1; }; \
		'$(PYTHON)' -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
			echo "Plenary needs Python 3.11 or newer, and \"$(PYTHON)\" is $$('$(PYTHON)' --version 2>&1);" \
				'name another, as in: make run PYTHON=python3.12' >&2; exit 1; }; \
		'$(PYTHON)' -c 'import ensurepip, venv' 2> /dev/null || { \
			echo 'This Python cannot make virtual environments:' \
				'install them first (on Debian and Ubuntu the package python3-venv).' >&2; exit 1; }; \
		'$(PYTHON)' -m venv --clear $(VENV) || { \
			echo 'The virtual environment $(VENV) could not be made in this folder.' >&2; exit 1; }; }

# Compiled catalogues are not kept in the repository; they are made where a translation is newer.
catalogues:
	@for po in core/translations/*/LC_MESSAGES/*.po; do \
		[ -f "$$po" ] || continue; \
		[ "$${po%.po}.mo" -nt "$$po" ] && continue; \
		$(BABEL) --quiet compile -i "$$po" -o "$${po%.po}.mo" || exit 1; \
	done

messages: install-dev
	@$(BABEL) --quiet extract -F core/babel.cfg -k lazy -k _l -k lazy_gettext --no-location --sort-output \
		--project Plenary --copyright-holder 'Plenary contributors' -o core/translations/messages.pot .
	@for po in core/translations/*/LC_MESSAGES/messages.po; do \
		[ -f "$$po" ] || continue; \
		language=$${po#core/translations/}; \
		$(BABEL) --quiet update -i core/translations/messages.pot -o "$$po" -l "$${language%%/*}" \
			--no-fuzzy-matching --ignore-pot-creation-date || exit 1; \
	done

lock: install-dev
	@$(VENV)/bin/$(LOCK) -o requirements.lock
	@$(VENV)/bin/$(LOCK) --group dev -c requirements.lock -o requirements-dev.lock

clean:
	@rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@rm -f core/translations/*/LC_MESSAGES/*.mo
