"""What a person sees while something is set up."""

import io
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from typing import TextIO


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
def step(name: str) -> Iterator[None]:
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
