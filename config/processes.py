"""The processes of the Procfile, started and stopped together by honcho."""

import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import psutil

from config.embedded import paths
from config.embedded.process import Server, ends_with_parent


class Processes:
    """What runs. Whatever happens to honcho itself, none of them is left behind."""

    def __init__(self, names: list[str], *, environment: Mapping[str, str]) -> None:
        binaries = Path(sys.executable).parent
        honcho = subprocess.Popen(
            [sys.executable, "-m", "honcho", "--env", os.devnull, "start", *names],
            cwd=paths.ROOT,
            env={
                **os.environ,
                "PATH": f"{binaries}{os.pathsep}{os.environ.get('PATH', os.defpath)}",
                "PYTHONUNBUFFERED": "1",
                # Celery warns root about pickled messages; here messages are JSON.
                "PYTHONWARNINGS": "ignore:You're running the worker with superuser privileges",
                **environment,
            },
            # Ctrl-C goes to a terminal's whole process group; here we pass it on ourselves.
            start_new_session=True,
            preexec_fn=ends_with_parent(signal.SIGTERM),
        )
        self._honcho = Server("honcho", honcho, stop_signal=signal.SIGTERM)
        self._pid = honcho.pid
        self._seen: set[psutil.Process] = set()

    def are_running(self) -> bool:
        """Whether all of them run: when one ends, honcho ends the others."""
        if not self._honcho.is_running():
            return False
        self._look()
        return True

    def stop(self) -> None:
        """End them all, and what honcho left, as when its terminal is gone and it cannot write any more."""
        self._look()
        self._honcho.stop(patience=15)
        left = [process for process in self._seen if process.is_running()]
        for process in left:
            process.terminate()
        for process in psutil.wait_procs(left, timeout=10)[1]:
            process.kill()

    def _look(self) -> None:
        try:
            self._seen.update(psutil.Process(self._pid).children(recursive=True))
        except psutil.NoSuchProcess:
            return
