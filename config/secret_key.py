"""The key that signs sessions and links: made once on each machine, never committed."""

import contextlib
import os
import secrets
import tempfile
from pathlib import Path


def secret_key(run: Path) -> str:
    """The key in ``run``/secret_key, made on the first call. Two starts at the same moment get the same one."""
    path = run / "secret_key"
    if not path.exists():
        run.mkdir(parents=True, exist_ok=True)
        # Only its owner may read what mkstemp makes.
        handle, draft = tempfile.mkstemp(dir=run, prefix="secret_key.")
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(50))
        with contextlib.suppress(FileExistsError):  # another process got there first
            os.link(draft, path)
        os.unlink(draft)
    return path.read_text()
