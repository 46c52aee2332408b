"""Where the bytes of a delivery lie until they are loaded."""

import hashlib
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

_PART = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Kept:
    """A file in the spool that has no name of its own yet, what it weighs, and its digest."""

    path: Path
    size: int
    sha256: str

    def name(self) -> None:
        """Give it the name under which ``path_of`` finds it."""
        self.path.replace(path_of(self.sha256))


def folder() -> Path:
    """Made when it is first asked for; only we read it."""
    found = Path(settings.LINE_RECORDS_FOLDER) / "received"
    found.mkdir(mode=0o700, parents=True, exist_ok=True)
    return found


def inbox() -> Path:
    """Into this folder the network drops its files. Made when it is first asked for."""
    found = Path(settings.LINE_RECORDS_FOLDER) / "in"
    found.mkdir(parents=True, exist_ok=True)
    return found


def path_of(sha256: str) -> Path:
    """Where the delivery with this digest lies while it is needed."""
    return folder() / sha256


def keep(source: BinaryIO) -> Kept:
    """Copy a delivery into the spool, part by part. Where it breaks off nothing stays."""
    digest, size = hashlib.sha256(), 0
    with tempfile.NamedTemporaryFile(dir=folder(), prefix=".", delete=False) as file:
        try:
            while part := source.read(_PART):
                digest.update(part)
                size += len(part)
                file.write(part)
        except BaseException:
            Path(file.name).unlink()
            raise
    return Kept(Path(file.name), size, digest.hexdigest())
