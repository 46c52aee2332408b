"""The files that the published versions of the terms were read from."""

import hashlib
import os
from pathlib import Path

from terms.pack import Pack
from terms.registry import BUILT_IN, ENVIRONMENT


def pack_file(pack: Pack) -> Path:
    """The file of ``pack``. FileNotFoundError where none of the folders of packs has it."""
    folders = [
        BUILT_IN,
        *(Path(folder) for folder in os.environ.get(ENVIRONMENT, "").split(os.pathsep) if folder),
    ]
    for folder in folders:
        path = folder / pack.code / f"{pack.effective.isoformat()}.toml"
        if path.is_file():
            return path
    raise FileNotFoundError(
        f"no file {pack.code}/{pack.effective.isoformat()}.toml in {', '.join(map(str, folders))}"
    )


def digest(pack: Pack) -> str:
    """The SHA-256 of the file of ``pack``, in hexadecimal."""
    return hashlib.sha256(pack_file(pack).read_bytes()).hexdigest()
