"""Whom PostgreSQL runs as. It refuses root, so for root there is an account of its own."""

import contextlib
import os
import pwd
import shutil
from pathlib import Path

from config.embedded.process import Account, run
from config.trouble import Trouble

_NAME = "pgserver"


def database_account() -> Account | None:
    """None when we are not root, and PostgreSQL runs as we do. For root: an account without a login, made once."""
    if os.getuid() != 0:
        return None
    found = _look_up()
    if found is None:
        with contextlib.suppress(FileNotFoundError):
            run(
                [
                    "useradd",
                    "--system",
                    "--user-group",
                    "--no-create-home",
                    "--shell",
                    "/usr/sbin/nologin",
                    _NAME,
                ],
                account=None,
            )
        found = _look_up()
    if found is None:
        raise Trouble(
            f"PostgreSQL does not run as root, and the account {_NAME} could not be made: "
            "start this as another user, or set DATABASE_URL to a PostgreSQL of yours."
        )
    return found


def _look_up() -> Account | None:
    try:
        entry = pwd.getpwnam(_NAME)
    except KeyError:
        return None
    return Account(uid=entry.pw_uid, gid=entry.pw_gid)


def reaches(account: Account | None, path: Path) -> bool:
    """Whether ``account`` can get to ``path``: root's folders are often closed to everybody else."""
    if account is None:
        return True
    test = shutil.which("test") or "/usr/bin/test"
    return run([test, "-x", path], account=account).returncode == 0
