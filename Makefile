# Two commands matter: `make demo` and `make test`; each does all the set-up it needs.
PYTHON ?= $(shell command -v python3.11 || command -v python3.12 || command -v python3.13 || command -v python3)
TRIALS ?= ../shared
BIN := .venv/bin
READY := .venv/.ready

export GOVKG_TRIALS ?= $(wildcard $(abspath $(TRIALS)))
export HF_HUB_OFFLINE := 1

.PHONY: setup demo build serve check test test-fast format evaluate peer bench train-linking train-chinese measure-chinese clean

setup: $(READY)

$(READY): pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	touch $@

build: $(READY)
	$(BIN)/govkg build

demo: build
	$(BIN)/govkg ask '业主不交物业费怎么办'
	$(BIN)/govkg ask 'Why do residents not take part in community affairs, and what can be done?'

serve: build
	$(BIN)/govkg serve

check: $(READY)
	$(BIN)/ruff check src tests examples training
	$(BIN)/ruff format --check src tests examples training
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(READY)
	$(BIN)/ruff check --fix src tests examples training
	$(BIN)/ruff format src tests examples training

test: $(READY)
	$(BIN)/python -m pytest

test-fast: $(READY)
	$(BIN)/python -m pytest -m 'not slow'

evaluate: $(READY)
	$(BIN)/python -m tests.relevance.tables $(TRIALS)

peer: $(READY)
	$(BIN)/python -m tests.relevance.peer $(TRIALS)

bench: $(READY)
	$(BIN)/python -m tests.bench $(TRIALS)

train-linking: $(READY)
	$(BIN)/python -m training.linking

train-chinese: $(READY)
	$(BIN)/python -m training.chinese $(TRIALS)

measure-chinese: $(READY)
	$(BIN)/python -m training.chinese.measure $(TRIALS)

clean:
	rm -rf .venv build src/*.egg-info index/versions index/cache index/CURRENT index/report.json
