"""The files that the published versions of the terms were read from."""

import hashlib
from pathlib import Path

from terms.pack import Pack
from terms.registry import pack_folders


def pack_file(pack: Pack) -> Path:
    """The file of ``pack``. FileNotFoundError where none of the folders of packs has it."""
    for folder in pack_folders():
        path = folder / pack.code / f"{pack.effective.isoformat()}.toml"
        if path.is_file():
            return path
    raise FileNotFoundError(
        f"no file {pack.code}/{pack.effective.isoformat()}.toml in {', '.join(map(str, pack_folders()))}"
    )


def digest(pack: Pack) -> str:
    """The SHA-256 of the file of ``pack``, in hexadecimal."""
    return hashlib.sha256(pack_file(pack).read_bytes()).hexdigest()
