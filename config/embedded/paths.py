"""Where the embedded servers keep their data and their sockets."""

import hashlib
import os
import stat
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

# A socket's path may have 107 bytes on Linux and 103 on macOS. The longest name we put into a socket
# folder is "pg/.s.PGSQL.5432.lock".
_LONGEST_FOLDER = 103 - len("/pg/.s.PGSQL.5432.lock")


def run_folder() -> Path:
    """The folder of everything that a run leaves behind: data, logs, mails, the secret key."""
    return Path(os.environ.get("RUN_FOLDER") or ROOT / ".run").absolute()


def sockets(run: Path) -> Path:
    """The folder for the sockets of the servers whose data lies in ``run``: the same one every time.

    It is in ``run`` itself, or, where that path is too long for a socket, in the folder for temporary files.
    """
    if len(os.fsencode(run)) + len("/sockets") <= _LONGEST_FOLDER:
        return run / "sockets"
    short = hashlib.sha256(os.fsencode(run)).hexdigest()[:12]
    temporary = Path(tempfile.gettempdir())
    if len(os.fsencode(temporary)) > _LONGEST_FOLDER - 40:
        temporary = Path("/tmp")  # noqa: S108 - TMPDIR is too long as well; made below for this user only
    return temporary / f"backoffice-{os.getuid()}-{short}"


def make_private(folder: Path) -> Path:
    """Make ``folder`` if need be, and see that it is ours: others may pass through it, not write to it.

    Raises PermissionError when somebody else made it, as can happen in the folder for temporary files.
    """
    folder.mkdir(parents=True, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid():
        raise PermissionError(f"{folder} belongs to somebody else: remove it, or set TMPDIR to another folder.")
    folder.chmod(0o711)
    return folder


def database_url(run: Path) -> str:
    """The address of the embedded PostgreSQL of ``run``."""
    return f"postgresql://backoffice@/backoffice?host={sockets(run) / 'pg'}"


def redis_url(run: Path) -> str:
    """The address of the embedded Valkey of ``run``."""
    return f"unix://{sockets(run) / 'valkey.sock'}?db=0"
