"""Worker processes, as Celery has them: each with Django and a connection of its own."""

import multiprocessing
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.pool import Pool
from pathlib import Path
from threading import BrokenBarrierError
from typing import Any

import django
from django.db import connection


@dataclass
class Used:
    """What a piece of work took: seconds by the wall, and by the processors in Python and in PostgreSQL.

    ``peak_mb``: the most that one worker ever held in memory.
    """

    seconds: float = 0
    python: float = 0
    postgres: float = 0
    peak_mb: float = 0
    results: list[Any] = field(default_factory=list)


@contextmanager
def workers(count: int) -> Iterator[Pool]:
    """So many processes that are ready to work when this enters."""
    context = multiprocessing.get_context("spawn")
    ready = context.Barrier(count + 1)
    with context.Pool(count, _set_up, (str(connection.settings_dict["NAME"]), ready)) as pool:
        ready.wait(120)
        yield pool


def spread(pool: Pool, work: Callable[[Any], Any], items: Iterable[Any]) -> Used:
    """``work`` for each of ``items``, whoever is free next."""
    used = Used()
    began = time.monotonic()
    for python, postgres, peak, result in pool.imap_unordered(_measured, [(work, item) for item in items]):
        used.python += python
        used.postgres += postgres
        used.peak_mb = max(used.peak_mb, peak)
        used.results.append(result)
    used.seconds = time.monotonic() - began
    return used


def _set_up(database: str, ready: Any) -> None:
    django.setup()
    connection.settings_dict["NAME"] = database
    connection.ensure_connection()
    try:
        ready.wait(120)
    except BrokenBarrierError:  # a process that came later for one that died
        return


def _measured(job: tuple[Callable[[Any], Any], Any]) -> tuple[float, float, float, Any]:
    work, item = job
    connection.ensure_connection()
    backend = connection.connection.info.backend_pid
    python, postgres = time.process_time(), cpu_seconds(backend)
    result = work(item)
    return time.process_time() - python, cpu_seconds(backend) - postgres, _peak_mb(), result


def cpu_seconds(process: int) -> float:
    """What a process has used so far, of user and system."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / 100


def _peak_mb() -> float:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024
