#!/bin/sh
# Every check, one after the other; all of them run, and the exit code says whether all passed.
set -u

PATH="$PWD/.venv/bin:$PATH"
failed=

check() {
    name=$1
    shift
    echo "== $name"
    "$@" || failed="$failed $name;"
}

check "style" ruff check .
check "layout" ruff format --check --quiet .
check "types" mypy .
check "import order" lint-imports --no-cache
check "migrations" python -W "ignore:Got an error checking a consistent migration history" manage.py makemigrations --check --dry-run
check "worked examples" python -m terms.worked_examples terms/examples
check "drawn state machines" python manage.py draw_machines --check
check "translations" python -m config.translations check

if [ -n "$failed" ]; then
    echo "Not passed:$failed" >&2
    exit 1
fi
echo "All checks passed."
