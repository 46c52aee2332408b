"""Two versions side by side."""

import copy
from typing import Any

from terms.comparison import compare
from terms.loader import read_pack
from terms.pack import Pack
from terms.registry import registry


def changed(**changes: Any) -> tuple[Pack, Pack]:
    before = registry().latest("isp-access")
    data: dict[str, Any] = copy.deepcopy(dict(before.data))
    for name, value in changes.items():
        value(data[name])
    return before, read_pack(data, source="test")


def test_a_version_differs_in_nothing_from_itself():
    pack = registry().latest("isp-access")
    assert compare(pack, pack) == []


def test_a_changed_parameter_a_dropped_ground_and_a_new_article_are_found():
    before, after = changed(
        late_interest=lambda table: table.update(grace_days=5),
        suspension=lambda table: table["grounds"].pop(),
        articles=lambda table: table.update(
            {"99": {"title": "新条", "kind": "text", "summary": "new", "summary_ja": "新"}}
        ),
    )
    found = compare(before, after)
    grace = next(one for one in found if one.key == "grace_days")
    assert (grace.kind, grace.table, grace.before, grace.after) == ("changed", "late_interest", "10", "5")
    assert {one.kind for one in found if one.table.startswith("suspension.grounds.")} == {"removed"}
    title = next(one for one in found if one.table == "articles.99" and one.key == "title")
    assert (title.kind, title.article, title.after) == ("added", "99", "新条")
    assert {one.kind for one in compare(after, before) if one.table == "articles.99"} == {"removed"}


def test_grounds_are_told_apart_by_their_codes_and_not_by_their_order():
    before, after = changed(suspension=lambda table: table["grounds"].reverse())
    assert compare(before, after) == []
