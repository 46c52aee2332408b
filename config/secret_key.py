"""The key that signs sessions and links: made once on each machine, never committed."""

import os
import secrets
from pathlib import Path


def secret_key(run: Path) -> str:
    """The key in ``run``/secret_key, made on the first call. Two processes that start together get the same."""
    path = run / "secret_key"
    run.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"secret_key.{os.getpid()}")
    if not path.exists():
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(50))
        try:
            os.link(draft, path)
        except FileExistsError:
            pass  # another process got there first
        finally:
            draft.unlink()
    return path.read_text().strip()
