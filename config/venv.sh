#!/bin/sh
# Makes .venv with everything in requirements.txt, unless it is there already.
set -eu

stamp=.venv/.installed
wanted=$(cksum < requirements.txt)
if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ] && .venv/bin/python -c '' 2>/dev/null; then
    exit 0
fi

new_enough='import sys; sys.exit(sys.version_info < (3, 11))'
python=
for candidate in ${PYTHON:-python3.11 python3 python3.12 python3.13}; do
    if "$candidate" -c "$new_enough" 2>/dev/null; then
        python=$candidate
        break
    fi
done
if [ -z "$python" ]; then
    found=$("${PYTHON:-python3}" -V 2>&1) || found="no Python"
    echo "Python 3.11 or newer is needed, and here is $found: install Python 3.11, or say where it is with 'make run PYTHON=/path/to/python3.11'." >&2
    exit 1
fi

if ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
    echo "  Making .venv with $($python -V)"
    if ! said=$("$python" -m venv --clear .venv 2>&1); then
        rm -rf .venv
        echo "The virtual environment could not be made with $python (on Debian: apt-get install python3-venv): $(echo "$said" | tail -n 1)" >&2
        exit 1
    fi
fi
echo "  Installing the packages of requirements.txt (the first time takes a minute or two)"
if ! .venv/bin/python -m pip install -qq --disable-pip-version-check --requirement requirements.txt; then
    echo "The packages of requirements.txt could not be installed: see pip's lines above; is the package index reachable?" >&2
    exit 1
fi
echo "$wanted" > "$stamp"
