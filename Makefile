# make demo · make test · make check · make eval · make bench: nothing else to remember.
PYTHON ?= python3
GOLD ?= eval/gold
BIN := .venv/bin
INSTALLED := .venv/.installed

.PHONY: demo install test check format eval readme bench corpus lock clean

demo: install
	$(BIN)/khabar build samples --record demo/khabar.db
	$(BIN)/khabar report --record demo/khabar.db --out demo/report.html
	$(BIN)/khabar timeline --record demo/khabar.db

install: $(INSTALLED)

$(INSTALLED): requirements.lock pyproject.toml scripts/make_venv.py
	$(PYTHON) scripts/make_venv.py
	@touch $@

test: install
	$(BIN)/python -m pytest

check: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: install
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

eval: install
	$(BIN)/python -m eval.run $(GOLD)

readme: demo
	$(BIN)/python -m eval.readme
	$(BIN)/python scripts/make_picture.py demo/report.html docs/report.png

bench: install
	$(BIN)/python -m bench.run

corpus: install
	$(BIN)/python -m corpus.write_links
	$(BIN)/python -m corpus.damage
	$(BIN)/python -m corpus.datasheet
	$(BIN)/python -m corpus.check

lock: install
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-annotate --python-version 3.11 --extra dev pyproject.toml -o requirements.lock

clean:
	rm -rf .venv demo pred dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
