"""One run per folder at a time."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from config.trouble import Trouble


@contextmanager
def only_run(run: Path) -> Iterator[None]:
    """Hold ``run``'s lock. The system releases it even when we are killed. Raises Trouble when another holds it."""
    with (run / "lock").open("a+") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Trouble(
                f"'make run' is already running on {run}: stop it there with Ctrl-C, or use another folder."
            ) from error
        yield
