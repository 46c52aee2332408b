"""``make run``: everything that the project needs, started together and stopped together.

``python -m config.run`` starts PostgreSQL and Valkey (unless DATABASE_URL and REDIS_URL name others), brings the
database up to date, and starts the processes of the Procfile. Ctrl-C, SIGTERM or a closed terminal stop it all.
``python -m config.run --servers-only`` starts the servers alone, for manage.py commands.
"""

import io
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, redirect_stdout
from pathlib import Path
from types import FrameType
from typing import TextIO

import django
from django.core.exceptions import ImproperlyConfigured

from config import answers, env
from config.embedded import paths, postgres, process, valkey
from config.lock import only_run
from config.trouble import Trouble


class Stopped(BaseException):
    """We were asked to end. No Exception, so that nothing on the way takes it for a failure."""


def _stop(_signal: int, _frame: FrameType | None) -> None:
    # Once is enough: while we stop, further signals change nothing.
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    raise Stopped


class _Indented(io.TextIOBase):
    """What a step says while it runs, below its name."""

    def __init__(self, out: TextIO) -> None:
        self.out = out
        self.anything = False

    def write(self, text: str) -> int:
        for line in filter(str.strip, text.splitlines()):
            if not self.anything:
                self.out.write("\n")
                self.anything = True
            self.out.write(f"    {line}\n")
        self.out.flush()
        return len(text)


@contextmanager
def _step(name: str) -> Iterator[None]:
    """Show ``name``, and when it is done how long it took."""
    out = sys.stdout
    print(f"  {name} …", end="", flush=True)
    said = _Indented(out)
    began = time.monotonic()
    try:
        with redirect_stdout(said):
            yield
    except BaseException:
        print(file=out, flush=True)
        raise
    print(f"{'   ' if said.anything else ''} {time.monotonic() - began:.1f} s", file=out, flush=True)


def _check_port(name: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise Trouble(
                f"Port {port} cannot be used ({error.strerror}): stop what listens there, "
                f"or choose another with 'make run {name}={port + 1}'."
            ) from error


def _start_servers(run: Path, stack: ExitStack) -> None:
    servers = (
        ("DATABASE_URL", "PostgreSQL", postgres.start, answers.check_database),
        ("REDIS_URL", "Valkey", valkey.start, answers.check_broker),
    )
    # First those of others: when one does not answer, nothing has been started.
    for name, title, _start, check in servers:
        if given := env.text(name):
            with _step(f"{title} (given by {name})"):
                check(given)
    for name, title, start, _check in servers:
        if not env.text(name):
            with _step(f"{title} (embedded)"):
                stack.callback(start(run).stop)


def _start_processes(run: Path, names: list[str], port: int) -> process.Server:
    (run / "static").mkdir(exist_ok=True)
    environment = os.environ | {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}",
        "PYTHONUNBUFFERED": "1",
        "RUN_FOLDER": str(run),
        "WEB_PORT": str(port),
        # Celery warns root about pickled messages; here messages are JSON.
        "PYTHONWARNINGS": "ignore:You're running the worker with superuser privileges",
    }
    command = [sys.executable, "-m", "honcho", "--env", os.devnull, "start", *names]
    honcho = subprocess.Popen(
        command,
        cwd=paths.ROOT,
        env=environment,
        start_new_session=True,
        preexec_fn=process.ends_with_parent(signal.SIGTERM),
    )
    return process.Server("honcho", honcho, stop_signal=signal.SIGTERM)


def _wait_for_the_pages(address: str, processes: process.Server) -> None:
    deadline = time.monotonic() + 120
    while processes.is_running() and time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise Trouble("The web server did not start: the lines above say why.")


def _greeting(run: Path, address: str, *, with_mail: bool) -> str:
    lines = ["", f"  Customers  {address}/", f"  Staff      {address}/staff/", f"  API        {address}/api/"]
    if with_mail:
        lines.append(f"  Mails      {address}/mail/")
    logins = run / "logins.txt"
    if logins.exists():
        lines += ["", *(f"  {line}" for line in logins.read_text().splitlines())]
    return "\n".join([*lines, "", "  Ctrl-C stops everything.", ""])


def _everything(run: Path, stack: ExitStack) -> None:
    from django.conf import settings

    with_mail = not (env.text("EMAIL_URL") or env.text("EMAIL_HOST"))
    _check_port("WEB_PORT", settings.WEB_PORT)
    if with_mail:
        _check_port("MAIL_PORT", settings.MAIL_PORT)
    _start_servers(run, stack)
    django.setup()
    from config import set_up

    for name, carry_out in set_up.steps():
        with _step(name):
            carry_out()
    names = ["web", "worker", "beat"] + (["mail"] if with_mail else [])
    print(f"  Starting {', '.join(names)}", flush=True)
    processes = _start_processes(run, names, settings.WEB_PORT)
    stack.callback(processes.stop)
    address = f"http://127.0.0.1:{settings.WEB_PORT}"
    _wait_for_the_pages(address, processes)
    print(_greeting(run, address, with_mail=with_mail), flush=True)
    while processes.is_running():
        time.sleep(0.5)
    raise Trouble("One of the processes ended, so all were stopped: the lines above say why.")


def _servers_only(run: Path, stack: ExitStack) -> None:
    _start_servers(run, stack)
    print("  Ctrl-C stops them.", flush=True)
    while True:
        time.sleep(3600)


def main(arguments: list[str]) -> int:
    job: Callable[[Path, ExitStack], None] = _servers_only if arguments == ["--servers-only"] else _everything
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stop)
    try:
        run = paths.make_private(paths.run_folder(), passable=True)
        with only_run(run), ExitStack() as stack:
            try:
                job(run, stack)
            finally:
                for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                    signal.signal(number, signal.SIG_IGN)
    except Stopped:
        print("  Stopped.", flush=True)
        return 0
    except (Trouble, ImproperlyConfigured) as trouble:
        print(trouble, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
