"""An article as the reader names it."""

from datetime import date

import pytest
from django.utils.translation import override

from portal.citations import article_name, citation


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("34", "第34条"),
        ("23-1", "第23条第1項"),
        ("9-3(1)", "第9条第3項第1号"),
        ("22の3-2", "第22条の3第2項"),
        ("別記9の2", "別記9の2"),
        ("通則4,5", "通則4、5"),
        ("消費税法57の4", "消費税法第57条の4"),
        ("38・個別合意2026-12-01", "第38条、2026年12月1日の個別の合意"),
    ],
)
def test_numbers_are_read_as_japanese_law_writes_them(number: str, words: str) -> None:
    with override("ja"):
        assert article_name(number) == words


def test_readers_of_english_get_the_number_as_it_is_cited() -> None:
    with override("en"):
        assert article_name("9-3(1)") == "Article 9-3(1)"
        assert article_name("38・個別合意2026-12-01") == "Article 38 as agreed from Dec. 1, 2026 on"


def test_a_citation_leads_to_the_version_of_its_day() -> None:
    with override("ja"):
        found = citation("isp-access 23-1", date(2025, 4, 1))
    assert found is not None
    assert (found.text, found.url) == ("第23条第1項 利用停止", "/terms/isp-access/23/?on=2025-04-01")


def test_a_citation_of_a_day_before_the_first_version_leads_to_that_version() -> None:
    found = citation("isp-access 34", date(2010, 1, 1))
    assert found is not None
    assert found.url == "/terms/isp-access/34/?on=2010-01-01"


def test_an_unknown_citation_is_shown_as_it_was_written() -> None:
    found = citation("old-terms 5", date(2025, 4, 1))
    assert found is not None
    assert (found.text, found.url) == ("old-terms 5", "")
    assert citation("", date(2025, 4, 1)) is None
