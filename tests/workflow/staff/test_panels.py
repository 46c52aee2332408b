"""Tables of related rows on the page of an object."""

import pytest

from workflow.staff.panels import panel

NUMBER = [("number", str)]


@pytest.mark.parametrize(("count", "note"), [(2, ""), (3, "先頭の2件だけを表示しています。")])
def test_a_panel_says_that_there_are_more_only_where_there_are(count: int, note: str) -> None:
    found = panel("numbers", range(count), NUMBER, shown=2)
    assert found.rows == [["0"], ["1"]]
    assert found.note == note


def test_a_panel_that_leads_to_the_rest_need_not_say_so() -> None:
    found = panel("numbers", range(3), NUMBER, shown=2, more="/all/")
    assert (found.more, found.note) == ("/all/", "")
    assert panel("numbers", range(2), NUMBER, shown=2, more="/all/").more == ""
