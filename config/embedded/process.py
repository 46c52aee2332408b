"""A server as a child of this process, which never outlives it."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from config.trouble import Trouble

_PR_SET_PDEATHSIG = 1


@dataclass(frozen=True)
class Account:
    """Whom a server runs as, where that is somebody else than we are."""

    uid: int
    gid: int


class Server:
    """A running child. ``stop_signal`` makes it write its data and end."""

    def __init__(self, name: str, process: "subprocess.Popen[bytes]", *, stop_signal: signal.Signals) -> None:
        self.name = name
        self._process = process
        self._stop_signal = stop_signal

    def is_running(self) -> bool:
        return self._process.poll() is None

    def stop(self, *, patience: float = 30) -> None:
        """Ask it to end, and wait; kill it after ``patience`` seconds."""
        if self.is_running():
            self._process.send_signal(self._stop_signal)
        try:
            self._process.wait(patience)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def start(
    name: str,
    command: Sequence[str | Path],
    *,
    log: Path,
    stop_signal: signal.Signals,
    answers: Callable[[], bool],
    account: Account | None = None,
    environment: Mapping[str, str] | None = None,
    patience: float = 60,
) -> Server:
    """Start ``command`` and return when ``answers()``; its output is added to ``log``.

    Raises Trouble with the reason out of the log when it ends, or does not answer in ``patience`` seconds.
    """
    with log.open("ab") as output:
        already_said = output.tell()
        process = subprocess.Popen(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=dict(environment) if environment is not None else None,
            cwd="/",
            # Ctrl-C goes to a terminal's whole process group. The servers leave it: they stop last.
            start_new_session=True,
            preexec_fn=ends_with_parent(stop_signal),
            user=account.uid if account else None,
            group=account.gid if account else None,
            extra_groups=[] if account else None,
        )
    server = Server(name, process, stop_signal=stop_signal)
    deadline = time.monotonic() + patience
    try:
        while not answers():
            if not server.is_running() or time.monotonic() > deadline:
                raise Trouble(f"{name} did not start: {_reason(log, already_said)} (more in {log})")
            time.sleep(0.02)
    except BaseException:
        server.stop(patience=5)
        raise
    return server


def run(
    command: Sequence[str | Path], *, account: Account | None, environment: Mapping[str, str] | None = None
) -> "subprocess.CompletedProcess[str]":
    """Run ``command`` to its end as ``account``, and return its exit code and what it said."""
    return subprocess.run(
        [str(part) for part in command],
        capture_output=True,
        text=True,
        cwd="/",
        env=dict(environment) if environment is not None else None,
        user=account.uid if account else None,
        group=account.gid if account else None,
        extra_groups=[] if account else None,
    )


def _reason(log: Path, offset: int) -> str:
    """The last line of ``log`` after ``offset`` bytes that names a fault, or else its last line."""
    lines = log.read_bytes()[offset:].decode(errors="replace").strip().splitlines()
    faults = [line for line in lines if "FATAL" in line or "rror" in line]
    return (faults or lines or ["it said nothing"])[-1]


def ends_with_parent(stop_signal: signal.Signals) -> Callable[[], None] | None:
    """On Linux, have the kernel send ``stop_signal`` to the child when we are killed and cannot stop it ourselves."""
    if sys.platform != "linux":
        return None
    prctl = ctypes.CDLL(None).prctl
    parent = os.getpid()

    def before_exec() -> None:
        prctl(_PR_SET_PDEATHSIG, int(stop_signal))
        if os.getppid() != parent:
            os.kill(os.getpid(), signal.SIGTERM)

    return before_exec
