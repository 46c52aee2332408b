"""A PostgreSQL whose database already has its tables, kept from one test process to the next.

Making the tables takes longer than most test files. The copy is made anew when any migration, any model or any
package changes; pytest-django brings it up to date all the same.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg

from config import addresses
from config.embedded import paths, postgres
from config.rooms import ROOMS

# The database in the kept copy.
MIGRATED = "backoffice"


def put_into(run: Path) -> None:
    """Lay the data of a PostgreSQL with a migrated database into ``run``, where none has been started yet."""
    kept = _kept()
    if not kept.exists():
        _make(kept)
    paths.make_private(run, passable=True)
    _copy(kept, run / "postgres")


def rename_database(run: Path, name: str) -> None:
    """Give the migrated database of the running server of ``run`` the name that the tests expect."""
    entry = addresses.database(paths.database_url(run))
    with psycopg.connect(
        host=entry["HOST"], user=entry["USER"], dbname="postgres", autocommit=True
    ) as connection:
        connection.execute(f'ALTER DATABASE "{MIGRATED}" RENAME TO "{name}"')


def _kept() -> Path:
    state = hashlib.sha256()
    files = [paths.ROOT / "requirements.txt", paths.ROOT / "config" / "settings.py", Path(postgres.__file__)]
    for room in ROOMS:
        for folder in ("migrations", "models"):
            files += sorted((paths.ROOT / room / folder).rglob("*.py"))
    for file in files:
        state.update(f"{file.relative_to(paths.ROOT)}\0".encode() + file.read_bytes() + b"\0")
    return paths.ROOT / ".run" / "tests" / state.hexdigest()[:16]


def _make(kept: Path) -> None:
    kept.parent.mkdir(parents=True, exist_ok=True)
    with (kept.parent / "lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if kept.exists():
            return  # another test process got there first
        for old in kept.parent.iterdir():
            # Yesterday's: somebody may be copying a younger one.
            if old.is_dir() and time.time() - old.stat().st_ctime > 24 * 60 * 60:
                shutil.rmtree(old)
        with tempfile.TemporaryDirectory(
            prefix="backoffice-test-", dir=paths.short_temporary_folder()
        ) as folder:
            run = Path(folder) / "run"
            Path(folder).chmod(0o711)
            server = postgres.start(run)
            try:
                subprocess.run(
                    [sys.executable, "manage.py", "migrate", "--verbosity", "0"],
                    cwd=paths.ROOT,
                    env={**os.environ, "RUN_FOLDER": str(run), "DJANGO_SETTINGS_MODULE": "config.settings"},
                    check=True,
                )
            finally:
                server.stop()
            draft = kept.with_suffix(".new")
            shutil.rmtree(draft, ignore_errors=True)
            _copy(run / "postgres", draft)
            draft.rename(kept)


def _copy(source: Path, target: Path) -> None:
    # With its owner, which for root is PostgreSQL's own account.
    subprocess.run(["cp", "-a", str(source), str(target)], check=True)
