"""The next part of a delivery is made while the one before is stored."""

import threading
from collections.abc import Iterator

import pytest
from django.utils import translation

from lineinfo.loading.ahead import ahead
from lineinfo.loading.blocks import Unreadable


def test_all_items_come_in_their_order() -> None:
    assert list(ahead(range(5))) == [0, 1, 2, 3, 4]
    assert list(ahead([])) == []


def test_the_next_one_is_made_while_the_one_before_is_in_use() -> None:
    made = threading.Event()

    def items() -> Iterator[int]:
        yield 1
        made.set()
        yield 2

    coming = ahead(items())
    assert next(coming) == 1
    assert made.wait(timeout=30)
    assert list(coming) == [2]


def test_what_goes_wrong_is_raised_only_after_what_came_before() -> None:
    def items() -> Iterator[int]:
        yield 1
        raise Unreadable("broken")

    coming = ahead(items())
    assert next(coming) == 1
    with pytest.raises(Unreadable, match="broken"):
        next(coming)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_it_speaks_the_language_of_the_one_who_asks(language: str) -> None:
    with translation.override(language):
        assert list(ahead(translation.get_language() for _ in range(2))) == [language, language]


def test_whoever_stops_early_leaves_no_thread_behind() -> None:
    before = threading.active_count()
    coming = ahead(range(1000))
    assert next(coming) == 0
    coming.close()

    assert threading.active_count() == before
