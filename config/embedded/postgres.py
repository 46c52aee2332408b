"""The PostgreSQL that the project carries: made, started, stopped."""

import os
import shutil
import signal
from pathlib import Path

import psycopg

from config.embedded import account as accounts
from config.embedded import paths, process
from config.embedded.binaries import programs
from config.trouble import Trouble

# For root whose own folders are closed to PostgreSQL's account.
_OUTSIDE = Path("/var/lib/backoffice")

_SETTINGS = {
    "listen_addresses": "",
    # Only we, by the socket's permissions: there is no password.
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "256MB",
    "effective_cache_size": "1GB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "random_page_cost": "1.1",
    "max_wal_size": "2GB",
    "checkpoint_timeout": "15min",
    "jit": "off",
    "timezone": "Asia/Tokyo",
    "log_timezone": "Asia/Tokyo",
}
# For data that nobody misses after a power cut.
_HASTY = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "128MB",
    "max_wal_size": "4GB",
}


def start(run: Path, *, hasty: bool = False) -> process.Server:
    """Start the PostgreSQL whose data lies in ``run``/postgres, making the data first if there is none.

    It answers at paths.database_url(run), and the database there exists. ``hasty`` is for tests: nothing is
    flushed to the disk. Raises Trouble when it cannot be started.
    """
    account = accounts.database_account()
    home = _home(run)
    data = home / "postgres"
    bin_folder = programs(account, home)
    sockets = paths.make_private(paths.sockets(run), passable=True) / "pg"
    log = paths.log(run, "postgres.log")
    environment = {"PATH": os.defpath, "LC_ALL": "C", "TZ": "Asia/Tokyo"}

    if not data.exists():
        _make(data, bin_folder / "initdb", account, environment, hasty=hasty)
    _check_owner(data, account)
    _stop_left_over(data, bin_folder / "pg_ctl", account, environment)
    _own(sockets, account)

    settings = {**_SETTINGS, **(_HASTY if hasty else {}), "unix_socket_directories": str(sockets)}
    server = process.start(
        "PostgreSQL",
        [bin_folder / "postgres", "-D", data, *(f"--{name}={value}" for name, value in settings.items())],
        log=log,
        # Fast: open transactions are rolled back, the data are flushed.
        stop_signal=signal.SIGQUIT if hasty else signal.SIGINT,
        answers=lambda: _answers(sockets),
        account=account,
        environment=environment,
    )
    _make_database(sockets)
    return server


def remove(run: Path) -> None:
    """Remove the data, wherever they lie. The server must not be running."""
    link = run / "postgres"
    if link.is_symlink():
        shutil.rmtree(link.resolve().parent, ignore_errors=True)


def _home(run: Path) -> Path:
    """Where the data lie: in ``run``, or for root in a place outside, with a link to it from ``run``."""
    paths.make_private(run, passable=True)
    link = run / "postgres"
    if not paths.is_closed(run):
        if link.is_symlink():
            raise Trouble(
                f"The data lie in {link.resolve()} since a start in a closed folder: move them to {link}."
            )
        return run
    home = _OUTSIDE / paths.name_outside(run)
    home.mkdir(parents=True, exist_ok=True)
    for folder in (_OUTSIDE, home):
        folder.chmod(0o711)
    if not link.is_symlink():
        link.symlink_to(home / "postgres")
    return home


def _make(
    data: Path, initdb: Path, account: process.Account | None, environment: dict[str, str], *, hasty: bool
) -> None:
    # Under another name until it is whole: an interrupted start leaves nothing that looks like data.
    draft = data.with_name("postgres.new")
    shutil.rmtree(draft, ignore_errors=True)
    _own(draft, account)
    command = [str(initdb), "-D", str(draft), "--username=backoffice", "--auth=trust", "--encoding=UTF8"]
    # The same order of words on every machine, whatever locales it has.
    command += ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    made = process.run(
        [*command, *(["--no-sync"] if hasty else [])], account=account, environment=environment
    )
    if made.returncode != 0:
        reason = (made.stderr.strip().splitlines() or ["initdb said nothing"])[-1]
        raise Trouble(f"The database in {data} could not be made: {reason}")
    draft.rename(data)


def _own(folder: Path, account: process.Account | None) -> None:
    folder.mkdir(exist_ok=True)
    folder.chmod(0o700)
    if account:
        os.chown(folder, account.uid, account.gid)


def _check_owner(data: Path, account: process.Account | None) -> None:
    owner = account.uid if account else os.getuid()
    if data.stat().st_uid != owner:
        raise Trouble(
            f"{data} was made by another user: start as that user, or begin anew with 'make reset'."
        )


def _stop_left_over(
    data: Path, pg_ctl: Path, account: process.Account | None, environment: dict[str, str]
) -> None:
    """Stop a server that outlived its make run. Whoever calls this holds the run's lock, so it is nobody's."""
    if (data / "postmaster.pid").exists():
        process.run(
            [pg_ctl, "stop", "-D", data, "-m", "fast", "-w", "-t", "30"],
            account=account,
            environment=environment,
        )


def _answers(sockets: Path) -> bool:
    try:
        _connect(sockets).close()
    except psycopg.OperationalError:
        return False
    return True


def _connect(sockets: Path) -> "psycopg.Connection[tuple[object, ...]]":
    return psycopg.connect(
        host=str(sockets), user="backoffice", dbname="postgres", autocommit=True, connect_timeout=5
    )


def _make_database(sockets: Path) -> None:
    with _connect(sockets) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = 'backoffice'").fetchone():
            connection.execute("CREATE DATABASE backoffice")
