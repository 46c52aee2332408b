#!/bin/sh
# The whole suite, on two processes. Its arguments go to pytest.
set -eu

for browser in chromium chromium-browser google-chrome; do
    if command -v "$browser" >/dev/null 2>&1; then
        exec .venv/bin/python -m pytest -n 2 "$@"
    fi
done
echo "No Chromium here: the tests marked 'browser' are left out (on Debian: apt-get install chromium fonts-noto-cjk)."
exec .venv/bin/python -m pytest -n 2 -m "not browser" "$@"
