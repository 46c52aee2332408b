"""``make run``: everything that the project needs, started together and stopped together.

``python -m config.run`` starts PostgreSQL and Valkey (unless DATABASE_URL and REDIS_URL name others), brings the
database up to date, and starts the processes of the Procfile. Ctrl-C, SIGTERM or a closed terminal stop it all.
``python -m config.run --servers-only`` starts the servers alone, for manage.py commands.
"""

import os
import socket
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import django
from django.core.exceptions import ImproperlyConfigured

from config import answers, env
from config.embedded import paths, postgres, valkey
from config.interrupts import Interrupts, Stopped
from config.lock import only_run
from config.processes import Processes
from config.progress import step
from config.trouble import Trouble


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


def _start_servers(run: Path, stack: ExitStack, interrupts: Interrupts) -> None:
    servers = (
        ("DATABASE_URL", "PostgreSQL", postgres.start, answers.check_database),
        ("REDIS_URL", "Valkey", valkey.start, answers.check_broker),
    )
    # First those of others: when one does not answer, nothing has been started.
    for name, title, _start, check in servers:
        if given := env.text(name):
            with step(f"{title} (given by {name})"):
                check(given)
    for name, title, start, _check in servers:
        if not env.text(name):
            with step(f"{title} (embedded)"):
                stack.callback(start(run).stop)
            interrupts.check()


def _wait_for_the_pages(address: str, processes: Processes, interrupts: Interrupts) -> None:
    deadline = time.monotonic() + 120
    while processes.are_running() and time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            interrupts.wait(0.2)
    raise Trouble("The web server did not start: the lines above say why.")


def _greeting(run: Path, address: str, *, with_mail: bool) -> str:
    lines = [
        "",
        f"  Customers  {address}/",
        f"  Staff      {address}/staff/",
        f"  API        {address}/api/",
        f"  Postings   {address}/postings/",
    ]
    if with_mail:
        lines.append(f"  Mails      {address}/mail/")
    logins = run / "logins.txt"
    if logins.exists():
        lines += ["", *(f"  {line}".rstrip() for line in logins.read_text().splitlines())]
    return "\n".join([*lines, "", "  Ctrl-C stops everything.", ""])


def _everything(run: Path, stack: ExitStack, interrupts: Interrupts) -> None:
    from django.conf import settings

    with_mail = not (env.text("EMAIL_URL") or env.text("EMAIL_HOST"))
    with_collector = not env.text("COLLECTOR_URL")
    _check_port("WEB_PORT", settings.WEB_PORT)
    if with_mail:
        _check_port("MAIL_PORT", settings.MAIL_PORT)
    if with_collector:
        _check_port("COLLECTOR_PORT", settings.COLLECTOR_PORT)
        # Before any process starts, so that all of them know it.
        os.environ["COLLECTOR_URL"] = f"http://127.0.0.1:{settings.COLLECTOR_PORT}"
    _start_servers(run, stack, interrupts)
    django.setup()
    from config import set_up

    for name, carry_out in set_up.steps():
        with step(name), interrupts.breaking():
            carry_out()
    names = ["web", "worker", "beat"]
    names += ["mail"] * with_mail + ["collector"] * with_collector
    print(f"  Starting {', '.join(names)}", flush=True)
    settings.STATIC_ROOT.mkdir(exist_ok=True)
    processes = Processes(names, environment={"RUN_FOLDER": str(run), "WEB_PORT": str(settings.WEB_PORT)})
    stack.callback(processes.stop)
    address = f"http://127.0.0.1:{settings.WEB_PORT}"
    _wait_for_the_pages(address, processes, interrupts)
    print(_greeting(run, address, with_mail=with_mail), flush=True)
    while processes.are_running():
        interrupts.wait(0.5)
    raise Trouble("One of the processes ended, so all were stopped: the lines above say why.")


def _servers_only(run: Path, stack: ExitStack, interrupts: Interrupts) -> None:
    _start_servers(run, stack, interrupts)
    print("  Ctrl-C stops them.", flush=True)
    while True:
        interrupts.wait(0.5)


def main(arguments: list[str]) -> int:
    job: Callable[[Path, ExitStack, Interrupts], None]
    job = _servers_only if arguments == ["--servers-only"] else _everything
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    interrupts = Interrupts()
    try:
        run = paths.make_private(paths.run_folder(), passable=True)
        with only_run(run), ExitStack() as stack:
            job(run, stack, interrupts)
    except Stopped:
        print("  Stopped.", flush=True)
        return 0
    except (Trouble, ImproperlyConfigured) as trouble:
        print(trouble, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
