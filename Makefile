# Two commands do everything on a fresh machine with Python 3.11+, git and make: `make run` and `make test`.
PYTHON ?= python3
BIN := .venv/bin
ARGS ?=
AGAIN ?=
SCORERS ?= ../shared

.PHONY: run test check format docs bench gold eval mutate lock clean

run: .venv/run.stamp ## start the bot; without DISCORD_TOKEN, show the digest of the bundled seeds
	@$(BIN)/python -m bot $(ARGS)

test: .venv/dev.stamp ## run every test
	@$(BIN)/python -m pytest $(ARGS)

check: .venv/dev.stamp ## style, types, import contracts, dependencies, dead code
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/deptry .
	$(BIN)/vulture
	$(BIN)/python -m pytest -n 0 tests/test_house.py

format: .venv/dev.stamp
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

docs: .venv/dev.stamp ## make docs/commands.md from the commands
	@$(BIN)/python -m tests.docs

bench: .venv/run.stamp ## figures of one bench as JSON: make bench NAME=read
	@$(BIN)/python -m bench $(or $(NAME),read) --json $(ARGS)

gold: .venv/dev.stamp ## how right the reader is on the labelled seeds, and what changed; ARGS=--update pins it
	@$(BIN)/python -m tests.gold $(ARGS)

eval: .venv/dev.stamp ## scorers on public corpora: make eval CORPORA=folder [SCORERS=folder]
	@$(BIN)/python -m bench scorers --corpora "$(CORPORA)" --scorers "$(SCORERS)"

mutate: .venv/dev.stamp ## does a test notice each change of the reading? make mutate ARGS='digest.reading.cards.*'
	@rm -f mutants/mutmut-stats.json  # which tests call a function is asked anew: they may have changed
	@$(if $(AGAIN),$(BIN)/python -m tests.mutants --again '$(AGAIN)')
	CI=1 OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/mutmut run --max-children 2 $(ARGS)
	@$(BIN)/python -m tests.mutants $(ARGS)

lock: .venv/installer.stamp ## choose versions anew, with hashes
	$(BIN)/uv pip compile -q --universal --generate-hashes --python-version 3.11 --group build pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile -q --universal --generate-hashes --python-version 3.11 --group dev -c requirements.lock pyproject.toml -o requirements-dev.lock

clean:
	rm -rf .venv

# uv installs in seconds what takes pip a minute; pip serves where uv cannot be had.
.venv/installer.stamp:
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet uv || echo "uv cannot be had here; pip does it, more slowly"
	touch $@

# $(1): a lock file. The project itself comes without dependencies: the lock has them all. What comes as source is built by the
# setuptools of the lock, which so comes first, and not by one that would be fetched for it without a hash.
define install
	sed -n '/^setuptools==/,/# via/p' $(1) > .venv/backend.lock
	if $(BIN)/uv --version >/dev/null 2>&1; then \
	  $(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r .venv/backend.lock && \
	  $(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes --no-build-isolation -r $(1) && \
	  $(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .; \
	else \
	  $(BIN)/python -m pip install --quiet --require-hashes -r .venv/backend.lock && \
	  $(BIN)/python -m pip install --quiet --require-hashes --no-build-isolation -r $(1) && \
	  $(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .; \
	fi
endef

.venv/run.stamp: .venv/installer.stamp requirements.lock pyproject.toml
	$(call install,requirements.lock)
	touch $@

.venv/dev.stamp: .venv/run.stamp requirements-dev.lock
	$(call install,requirements-dev.lock)
	touch $@
