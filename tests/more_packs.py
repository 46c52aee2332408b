"""Further versions of the built-in documents, for a test."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from terms.pack import Pack
from terms.registry import BUILT_IN, pack_version, registry


@pytest.fixture
def packs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A folder of further packs; ``packs(code, effective)`` puts a copy of the built-in version there with a new date."""
    monkeypatch.setenv("TERMS_PACKS_DIR", str(tmp_path))

    def copy(code: str, effective: date) -> Pack:
        source = sorted((BUILT_IN / code).glob("*.toml"))[-1]
        text = source.read_text(encoding="utf-8")
        text = text.replace(f"effective = {source.stem}", f"effective = {effective.isoformat()}", 1)
        path = tmp_path / code / f"{effective.isoformat()}.toml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        registry.cache_clear()
        return pack_version(code, effective)

    yield copy
    monkeypatch.delenv("TERMS_PACKS_DIR")
    registry.cache_clear()
