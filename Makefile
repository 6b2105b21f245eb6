# `make demo` and `make test` set up all they need, once. `make help` lists the rest.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed
DEMO   := out/demo

export OMP_THREAD_LIMIT ?= 1

.DEFAULT_GOAL := help
.PHONY: help demo test setup system lint types layers tests bench bench-restore samples clean

help: ## Say what each target does
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: setup ## Read the samples and show what was found
	@$(BIN)/python tools/demo.py samples $(DEMO)

test: setup lint types layers tests ## Set up and run all that CI runs

lint: $(STAMP)
	$(BIN)/ruff check .

types: $(STAMP)
	$(BIN)/mypy

layers: $(STAMP)
	$(BIN)/lint-imports

tests: $(STAMP)
	$(BIN)/pytest -q

# A benchmark that misses its target fails, and the others still run.
bench: setup ## Measure: start, dumps, scans against bare Tesseract, matching, restoration
	-@$(BIN)/python -m benchmarks.startup
	-@$(BIN)/python -m benchmarks.dump_speed
	-@$(BIN)/python -m benchmarks.cpu_of_read samples/seen/*/light.pdf
	-@$(BIN)/python -m benchmarks.matching
	-@$(BIN)/python -m benchmarks.restore

bench-restore: $(STAMP) ## Measure restoration alone
	$(BIN)/python -m benchmarks.restore

samples: setup ## Make the samples again from their notice.toml
	$(BIN)/python tools/make_samples.py

clean: ## Remove what was made, the environment too
	rm -rf $(VENV) out build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

setup: system $(STAMP) ## Install what is missing; nothing where nothing is

# Asks for the programs themselves, so an engine that was built by hand counts too.
system:
	@tools/install_system.sh

$(STAMP): pyproject.toml constraints.txt
	@tools/install_python.sh $(PYTHON) $(VENV)
	@touch $@
