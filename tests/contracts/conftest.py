"""What the tests of contracts share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from terms.registry import registry
from tests.more_packs import packs as packs


@pytest.fixture
def eighth(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The code of a made-up eighth document, which is there as a file alone."""
    monkeypatch.setenv("TERMS_PACKS_DIR", str(Path(__file__).parent / "packs"))
    registry.cache_clear()
    yield "eighth"
    monkeypatch.delenv("TERMS_PACKS_DIR")
    registry.cache_clear()
