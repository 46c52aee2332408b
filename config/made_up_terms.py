"""Versions of documents that the demonstration operator made up: files in the run folder, beside the books that are about them."""

import os
from pathlib import Path

from terms.registry import ENVIRONMENT, pack_folders, registry


def folder(run: Path) -> Path:
    """Where the versions of ``run`` lie, as ``<code>/<effective>.toml``."""
    return run / "terms"


def know(run: Path) -> None:
    """Have the versions of ``run``, if it has any, read with the documents: here, and in processes that are started from here."""
    here = folder(run)
    if here.is_dir() and here not in pack_folders():
        named = os.environ.get(ENVIRONMENT, "")
        os.environ[ENVIRONMENT] = os.pathsep.join(filter(None, [named, str(here)]))
    registry.cache_clear()
