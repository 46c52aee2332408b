"""Ctrl-C, a termination, a closed terminal: taken where it is safe to stop, never in the middle of a start or a stop."""

import os
import select
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stopped(BaseException):
    """We were asked to end. No Exception, so that nothing on the way takes it for a failure."""


class Interrupts:
    """From its making on, the signals only leave a mark, which is looked at where the caller says.

    An exception out of a signal's handler may come between any two steps of a library: raised inside subprocess it
    leaves a lock behind, and the next wait for a child never ends.
    """

    def __init__(self) -> None:
        self._asked = False
        self._may_break = False
        self._has_terminal = os.isatty(0)
        for number in _SIGNALS:
            signal.signal(number, self._take)

    def _take(self, _signal: int, _frame: FrameType | None) -> None:
        self._asked = True
        if self._may_break:
            self._may_break = False
            raise Stopped

    def check(self) -> None:
        """Raise Stopped if we were asked to end."""
        if self._asked or (self._has_terminal and _terminal_is_gone()):
            self._asked = True
            raise Stopped

    def wait(self, seconds: float) -> None:
        """Sleep, and raise Stopped if we were asked to end by then."""
        time.sleep(seconds)
        self.check()

    @contextmanager
    def breaking(self) -> Iterator[None]:
        """For long work that starts no process: here Stopped is raised at once."""
        self._may_break = True
        try:
            self.check()
            yield
        finally:
            self._may_break = False


def _terminal_is_gone() -> bool:
    """Whether the terminal was closed. Where make leads the session (ssh, docker), it is told and we are not."""
    watch = select.poll()
    watch.register(0, 0)
    return any(event & select.POLLHUP for _file, event in watch.poll(0))
