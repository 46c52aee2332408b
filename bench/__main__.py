"""Measures on an embedded PostgreSQL in a folder of its own, and writes bench/latest.json and docs/performance.md.

    python -m bench [--sizes 10000,100000,1000000] [--only billing,arrears,pdfs] [--workers 2]

What each figure means stands in docs/performance.md, beside the last ones taken.
"""

import argparse
import json
import os
import shutil
import tempfile
from importlib import import_module
from pathlib import Path
from typing import Any

from bench.machine import machine
from bench.page import write_page
from bench.tables import table
from config.embedded import paths, postgres

PARTS = ("billing", "arrears", "pdfs", "ingest", "purge", "api")
LATEST = Path(__file__).with_name("latest.json")


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m bench",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--sizes", type=_sizes, default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--only", type=_parts, default=list(PARTS))
    parser.add_argument("--workers", type=int, default=2)
    arguments = parser.parse_args()

    run = Path(tempfile.mkdtemp(prefix="backoffice-bench-", dir=paths.short_temporary_folder()))
    os.environ["RUN_FOLDER"] = str(run)
    # Only ever on what we started ourselves.
    for name in ("DATABASE_URL", "REDIS_URL"):
        os.environ.pop(name, None)
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    server = postgres.start(run)
    try:
        found: dict[str, Any] = {"machine": machine()}
        import_module("bench.database").make_template()
        for part in arguments.only:
            # Only now: the models need Django, and Django needs the run's folder.
            found[part] = import_module(f"bench.{part}").measure(arguments.sizes, workers=arguments.workers)
            print(f"\n{table(found[part])}\n", flush=True)
    finally:
        server.stop()
        postgres.remove(run)
        shutil.rmtree(run, ignore_errors=True)
    known = json.loads(LATEST.read_text()) if LATEST.exists() else {}
    LATEST.write_text(json.dumps(known | found, indent=2, ensure_ascii=False) + "\n")
    write_page(known | found)
    print(f"{LATEST} and docs/performance.md hold these figures.")


def _sizes(text: str) -> list[int]:
    return [int(size.replace("_", "")) for size in text.split(",")]


def _parts(text: str) -> list[str]:
    parts = text.split(",")
    for part in parts:
        if part not in PARTS:
            raise argparse.ArgumentTypeError(f"there is no part “{part}”; there are {', '.join(PARTS)}")
    return parts


if __name__ == "__main__":
    main()
