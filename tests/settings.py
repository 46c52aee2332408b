"""The settings under test: servers of their own, in a folder that ends with the tests.

Each pytest process (each worker of pytest-xdist, too) has its own, so tests never meet a running `make run`
nor each other. With DATABASE_URL or REDIS_URL those servers are used instead: PostgreSQL with databases named
test_…, Valkey with database numbers of the worker's own.
"""

import os
import tempfile
from pathlib import Path

from config import addresses
from config.embedded import paths

_run = Path(tempfile.mkdtemp(prefix="backoffice-test-", dir=paths.short_temporary_folder()))
os.environ["RUN_FOLDER"] = str(_run)
if os.environ.get("REDIS_URL"):
    _worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    _given = os.environ["REDIS_URL"]
    os.environ["REDIS_URL"] = addresses.with_redis_database(
        _given, addresses.redis_database(_given) + 2 + 2 * _worker
    )

from config.settings import *  # noqa: E402, F403 - after the addresses are set

# Passwords are hashed in every test that signs somebody in.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# WhiteNoise warns of a folder that is not there, and warnings are errors here.
(_run / "static").mkdir()
