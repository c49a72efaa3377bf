# Everything is set up by itself, in .venv. `make help` lists the targets.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input
LOCALE := src/troth/locale
CATALOGUES := $(wildcard $(LOCALE)/*/LC_MESSAGES/troth.po)

DEMO_PORT ?= 8765

.DEFAULT_GOAL := help
.PHONY: help demo test lint style types imports format catalogues lock changelog clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(VENV)/.run ## Make a demo shop, print its summary, open it on DEMO_PORT (8765); DEMO_SERVE=0: do not open it
	$(BIN)/troth demo demo $(if $(filter 0,$(DEMO_SERVE)),,--serve --port $(DEMO_PORT))

test: $(VENV)/.dev ## Run all tests
	@tools/system.sh
	$(BIN)/pytest -n 2 --dist worksteal -rs

lint: style types imports ## Check style, types and who imports whom

style: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.dev
	$(BIN)/mypy

imports: $(VENV)/.dev
	$(BIN)/lint-imports --no-logo

format: $(VENV)/.dev ## Mend the style
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

catalogues: $(VENV)/.dev ## Collect the texts, bring the catalogues up to date, compile them
	$(BIN)/pybabel -q extract -F pyproject.toml -k lazy --add-location file --sort-by-file \
	  --project Troth --copyright-holder "the Troth authors" -o $(VENV)/troth.pot src
	for language in de nl; do \
	  $(BIN)/pybabel -q update -D troth -i $(VENV)/troth.pot -d $(LOCALE) -l $$language \
	    --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date -w 100; \
	done
	$(BIN)/pybabel -q compile -D troth -d $(LOCALE) --statistics

lock: $(VENV)/.made ## Choose the newest allowed dependencies and lock them with hashes
	$(PIP) install --quiet uv
	$(BIN)/uv --no-config pip compile $(LOCK) --upgrade --group dev -o requirements/dev.txt pyproject.toml
	$(BIN)/uv --no-config pip compile $(LOCK) --group build -c requirements/dev.txt -o requirements/run.txt pyproject.toml

LOCK := --quiet --universal --generate-hashes --no-header --no-annotate --no-emit-index-url --extra postgres --extra audit --extra embed --extra server

changelog: $(VENV)/.dev ## Show what the news fragments would add to the changelog
	$(BIN)/towncrier build --draft

clean: ## Remove what setting up and testing made
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find src -name '*.mo' -delete

# Setting up: each step leaves a stamp and is repeated when what it was made from has changed.
# run: what Troth itself needs; dev: that and what tests and linters need.
$(VENV)/.made:
	tools/venv.sh "$(PYTHON)" $(VENV)
	@touch $@

$(VENV)/.run $(VENV)/.dev: $(VENV)/.%: requirements/%.txt pyproject.toml hatch_build.py $(CATALOGUES) $(VENV)/.made
	@echo "Installing the packages of requirements/$*.txt ..."
	$(PIP) install --quiet --require-hashes -r requirements/$*.txt
	$(PIP) install --quiet --no-deps --no-build-isolation -e .
	@touch $@
