"""Which line a number means, within bounds of memory."""

import pytest

from lineinfo.loading import lines
from tests import factories

pytestmark = pytest.mark.django_db


def test_what_was_handed_out_stays_when_there_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "_MOST_KNOWN", 1)
    one, other = factories.line(), factories.line()
    known = lines.KnownLines()

    first = known.ids({one.number})
    then = known.ids({other.number})

    assert first == {one.number: one.pk}
    assert then == {other.number: other.pk}
