"""The next part of a delivery is made while the one before is stored."""

import threading
from collections.abc import Iterator

import pytest
from django.utils import translation

from lineinfo.loading.ahead import ahead
from lineinfo.loading.blocks import Unreadable


def test_all_items_come_in_their_order() -> None:
    assert list(ahead(range(5), str)) == ["0", "1", "2", "3", "4"]
    assert list(ahead([], str)) == []


def test_the_next_one_is_made_beside_while_the_one_before_is_in_use() -> None:
    made = threading.Event()

    def make(item: int) -> threading.Thread:
        if item == 2:
            made.set()
        return threading.current_thread()

    coming = ahead((1, 2), make)
    assert next(coming) is not threading.current_thread()
    assert made.wait(timeout=30)
    assert len(list(coming)) == 1


def test_the_items_are_asked_for_where_they_are_used() -> None:
    def items() -> Iterator[threading.Thread]:
        yield threading.current_thread()

    assert list(ahead(items(), lambda thread: thread)) == [threading.current_thread()]


def test_what_goes_wrong_is_raised_only_after_what_came_before() -> None:
    def items() -> Iterator[int]:
        yield 1
        raise Unreadable("broken")

    coming = ahead(items(), str)
    assert next(coming) == "1"
    with pytest.raises(Unreadable, match="broken"):
        next(coming)


def test_what_goes_wrong_beside_is_raised_here() -> None:
    coming = ahead(["1", "one"], int)
    assert next(coming) == 1
    with pytest.raises(ValueError, match="one"):
        next(coming)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_it_speaks_the_language_of_the_one_who_asks(language: str) -> None:
    with translation.override(language):
        assert list(ahead(range(2), lambda _: translation.get_language())) == [language, language]


def test_whoever_stops_early_leaves_no_thread_behind() -> None:
    before = threading.active_count()
    coming = ahead(range(1000), str)
    assert next(coming) == "0"
    coming.close()

    assert threading.active_count() == before
