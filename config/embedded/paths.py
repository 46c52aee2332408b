"""Where the embedded servers keep their data and their sockets."""

import hashlib
import os
import re
import stat
import tempfile
from pathlib import Path

from config.trouble import Trouble

ROOT = Path(__file__).resolve().parents[2]

# A socket's path may have 107 bytes on Linux and 103 on macOS; this is the longest name that we or
# PostgreSQL put below the folder of sockets.
_LONGEST_FOLDER = 103 - len("/pg/.s.PGSQL.5432.lock")
_PLAIN = re.compile(r"\A[A-Za-z0-9/._-]+\Z")


def run_folder() -> Path:
    """The folder of everything that a run leaves behind: data, logs, mails, the secret key."""
    return Path(os.environ.get("RUN_FOLDER") or ROOT / ".run").absolute()


def sockets(run: Path) -> Path:
    """The folder for the sockets of the servers whose data lies in ``run``: the same one every time.

    It is in ``run`` itself, or, where that path is too long for a socket, has letters that would need care in an
    address, or is closed to PostgreSQL's account, in the folder for temporary files.
    """
    inside = run / "sockets"
    if len(str(inside)) <= _LONGEST_FOLDER and _PLAIN.match(str(inside)) and not is_closed(run):
        return inside
    return short_temporary_folder() / f"backoffice-{os.getuid()}-{name_outside(run)}"


def is_closed(run: Path) -> bool:
    """Whether we are root and only root gets to ``run``, as in /root: PostgreSQL then runs as another account."""
    return os.getuid() == 0 and any(
        not parent.stat().st_mode & stat.S_IXOTH for parent in run.parents if parent.exists()
    )


def name_outside(run: Path) -> str:
    """A short name for what belongs to ``run`` and cannot lie in it."""
    return hashlib.sha256(os.fsencode(run)).hexdigest()[:12]


def short_temporary_folder() -> Path:
    """The folder for temporary files, unless TMPDIR is itself too long for a socket."""
    folder = Path(tempfile.gettempdir())
    return folder if len(os.fsencode(folder)) <= _LONGEST_FOLDER - 40 else Path("/tmp")


def make_private(folder: Path, *, passable: bool = False) -> Path:
    """Make ``folder`` if need be, and see that it is ours and that nobody else may look into it or write to it.

    ``passable`` is for a folder with PostgreSQL's files inside: where we are root, its account has to pass through.
    Raises Trouble when somebody else owns it.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        found = folder.lstat()
    except (FileExistsError, NotADirectoryError, PermissionError) as error:
        raise Trouble(f"{folder} cannot be made ({error.strerror}): remove what stands there.") from error
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid():
        raise Trouble(f"{folder} belongs to somebody else: remove it, or start as the user who owns it.")
    folder.chmod(0o711 if passable and os.getuid() == 0 else 0o700)
    return folder


def log(run: Path, name: str) -> Path:
    """The file that a server of ``run`` writes to."""
    return make_private(run / "log") / name


def database_url(run: Path) -> str:
    """The address of the embedded PostgreSQL of ``run``."""
    return f"postgresql://backoffice@/backoffice?host={sockets(run) / 'pg'}"


def redis_url(run: Path) -> str:
    """The address of the embedded Valkey of ``run``."""
    return f"unix://{sockets(run) / 'valkey.sock'}?db=0"
