"""Take the files that the network dropped into the folder."""

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from django.core.exceptions import ValidationError

from lineinfo import spool
from lineinfo.models import LineBatch
from lineinfo.services.receive_batch import Received, receive_batch
from workflow.models import User

logger = logging.getLogger(__name__)

STILL = timedelta(seconds=10)
"""A file that was written to more lately than this may not be complete."""


def take_folder(*, by: User, at: datetime) -> list[Received]:
    """Receive every complete file of the folder, in the order of their names, and remove it from there.

    A name that begins with a dot or ends in .part is one still being written. What cannot be taken stays, and the log says why.
    """
    found = []
    for path in _complete(at):
        try:
            with path.open("rb") as content:
                found.append(
                    receive_batch(
                        content=content, name=path.name, source=LineBatch.Source.FOLDER, by=by, at=at
                    )
                )
            path.unlink()
        except (OSError, ValidationError) as error:
            logger.error("%s stays in the folder: %s", path.name, error)
    return found


def _complete(at: datetime) -> Iterator[Path]:
    for path in sorted(spool.inbox().iterdir()):
        if path.name.startswith(".") or path.name.endswith(".part") or not path.is_file():
            continue
        if path.stat().st_mtime <= (at - STILL).timestamp():
            yield path
