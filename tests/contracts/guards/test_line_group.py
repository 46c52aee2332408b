"""Of what size a group of lines must be, and who must have said yes, before a line of it is given."""

from typing import Any

import pytest

from contracts.guards.line_group import GroupFacts, fits_group, in_groups_only, may_regrade, may_represent
from terms.registry import registry
from tests.contracts.guards.answers import no

PACK = registry().latest("hikari-line")
OTHER = registry().latest("isp-access")


def refused(item: str = "100Mb/s", **fields: Any) -> str:
    values: dict[str, Any] = {"plan": "mini", "lines": 4}
    answer = fits_group(PACK, dwelling="collective", item=item, group=GroupFacts(**(values | fields)))
    assert answer is None or answer.code == "no_group"
    return answer.reason if answer else ""


@pytest.mark.article("hikari-line", "5")
@pytest.mark.parametrize(("plan", "least"), [("mini", 4), ("plan1", 8), ("plan2", 16)])
def test_the_least_size_counts_when_a_group_is_set_up_and_not_later(plan, least):
    agreed = {"plan": plan, "representative": True}
    assert refused(**agreed, lines=least) == ""
    assert str(least) in refused(**agreed, lines=least - 1)
    assert refused(**agreed, lines=least - 1, set_up=True) == ""


@pytest.mark.article("hikari-line", "5")
@pytest.mark.parametrize("fields", [{}, {"representative": True, "consents_missing": 1}])
def test_plan_2_has_a_representative_to_whom_all_consented(fields):
    assert refused(plan="plan2", lines=16, **fields)
    assert not refused(plan="plan2", lines=16, representative=True)


def test_the_item_is_one_of_the_plan_and_of_the_grade_of_its_lines():
    assert refused(item="10Gb/s")
    assert not refused(item="10Gb/s", plan="")
    assert refused(item="100Mb/s", plan="")
    assert refused(item="1Gb/s", grade="2")
    assert not refused(item="1Gb/s", grade="1-1")


def test_no_line_is_given_without_its_group_nor_in_one_that_fell_to_a_single_line():
    assert no(fits_group(PACK, dwelling="collective", item="100Mb/s", group=None)).code == "no_group"
    assert refused(told_single=True)
    assert fits_group(PACK, dwelling="detached", item="100Mb/s", group=None) is None
    assert fits_group(OTHER, dwelling="collective", item="100Mb/s", group=None) is None
    assert in_groups_only(PACK, "collective")
    assert not in_groups_only(PACK, "detached")
    assert not in_groups_only(OTHER, "collective")


@pytest.mark.parametrize(
    ("plan", "represents", "consented", "granted"),
    [("plan2", True, True, True), ("plan2", False, True, False), ("plan2", True, False, False), ("mini", True, True, False)],
)  # fmt: skip
def test_only_the_representative_of_such_a_plan_asks_for_those_who_consented(
    plan, represents, consented, granted
):
    answer = may_represent(PACK, plan=plan, represents=represents, consented=consented)
    assert (answer is None) is granted
    assert answer is None or answer.code == "not_represented"
    assert no(may_represent(OTHER, plan=plan, represents=True, consented=True)).code == "not_represented"


@pytest.mark.article("hikari-line", "5")
def test_lines_are_rebuilt_to_another_grade_only_as_the_document_has_it():
    assert may_regrade(PACK, now="2", new="1-2") is None
    for now, new in (("1-2", "2"), ("2", "1-1"), ("", "1-2")):
        assert no(may_regrade(PACK, now=now, new=new)).code == "no_regrade"
    assert no(may_regrade(OTHER, now="2", new="1-2")).code == "no_regrade"
