# Two commands: `make run` and `make test`. Each first makes what it needs.

PYTHON ?=
BIN := .venv/bin

export PYTHON
export PYTHONUNBUFFERED := 1

.PHONY: run servers test check clauses client bench reset venv translations

run: translations  ## everything together, until Ctrl-C
	@exec $(BIN)/python -m config.run

servers: venv  ## PostgreSQL and Valkey alone, for manage.py
	@exec $(BIN)/python -m config.run --servers-only

test: translations  ## the whole suite; ARGS="-k word" for a part
	@$(BIN)/python -m config.answers
	@exec sh config/test.sh $(ARGS)

check: translations  ## style, types, import order, migrations, worked examples, translations
	@exec sh config/check.sh

clauses: translations  ## docs/clauses.md: every article, what carries it out, what proves it
	@$(BIN)/python -m tests.clauses_page

client: translations  ## clients/lineinfo from the OpenAPI document
	@$(BIN)/python -m clients.generate

bench: venv  ## how fast it is: bench/latest.json and docs/performance.md; ARGS="--sizes 10000" for less
	@exec $(BIN)/python -m bench $(ARGS)

reset: venv  ## throws away the data of `make run`
	@$(BIN)/python -m config.reset

venv:
	@exec sh config/venv.sh

translations: venv
	@$(BIN)/python -m config.translations compile
