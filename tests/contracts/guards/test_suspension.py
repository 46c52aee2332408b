"""When a line may be suspended, in facts and packs alone."""

from datetime import date
from typing import Any

import pytest

from contracts.guards.suspension import (
    NoticeFacts,
    SuspensionFacts,
    longest_through,
    may_propose,
    suspension_of,
    was_told_first,
)
from terms.registry import codes, pack_for
from tests.contracts.guards.answers import no, there

DAY = date(2025, 8, 1)
TOLD = NoticeFacts(
    dispatched_on=date(2025, 7, 20), stated={"reason": "違反", "date": "2025-08-01", "period": "2025-08-31"}
)


def facts(**fields: Any) -> SuspensionFacts:
    values: dict[str, Any] = {"ground": "breach_of_duties", "starts_on": DAY, "through": date(2025, 8, 31)}
    return SuspensionFacts(**(values | fields))


@pytest.mark.article("line-info-api", "17")
def test_the_api_has_no_longest_time_and_an_urgent_exception():
    pack = pack_for("line-info-api", DAY)
    assert longest_through(pack, there(suspension_of(pack).ground("breach_of_duties")), DAY) is None
    assert may_propose(pack, facts(through=date(2030, 1, 1))) is None
    assert was_told_first(pack, facts(urgent=True), NoticeFacts(dispatched_on=None, stated={}), DAY) is None


@pytest.mark.parametrize("code", [code for code in codes() if pack_for(code, DAY).suspension])
@pytest.mark.parametrize("missing", ["reason", "date", "period"])
def test_a_notice_that_leaves_something_out_is_no_notice(code, missing):
    stated = {**TOLD.stated, missing: None}
    refusal = no(
        was_told_first(
            pack_for(code, DAY), facts(), NoticeFacts(dispatched_on=TOLD.dispatched_on, stated=stated), DAY
        )
    )
    assert refusal.code == "notice_incomplete"
    assert missing in refusal.reason
    assert was_told_first(pack_for(code, DAY), facts(), TOLD, DAY) is None


def test_urgency_proves_nothing_where_the_document_knows_no_exception():
    assert (
        no(was_told_first(pack_for("isp-access", DAY), facts(urgent=True), TOLD, DAY)).code
        == "no_urgent_exception"
    )


def test_a_document_without_suspension_has_no_table_of_it():
    with pytest.raises(ValueError, match="suspension"):
        suspension_of(pack_for("business-network", DAY))


def test_a_debt_has_no_longest_time_even_under_six_months():
    pack = pack_for("isp-access", DAY)
    assert longest_through(pack, there(suspension_of(pack).ground("unpaid")), DAY) is None
    assert longest_through(pack, there(suspension_of(pack).ground("other_serious")), DAY) == date(2026, 1, 31)


def test_a_document_without_suspension_is_silent_on_its_opening_article():
    refusal = no(may_propose(pack_for("business-network", DAY), facts()))
    assert (refusal.code, str(refusal.article)) == ("no_suspension", "business-network 1")


@pytest.mark.article("isp-access", "23")
def test_ground_length_and_urgency_are_asked_in_turn():
    pack = pack_for("isp-access", DAY)
    assert may_propose(pack, facts()) is None
    assert no(may_propose(pack, facts(ground="invented"))).code == "no_such_ground"
    assert no(may_propose(pack, facts(urgent=True))).code == "no_urgent_exception"
    assert no(may_propose(pack, facts(through=date(2026, 2, 1)))).code == "too_long"
    assert may_propose(pack, facts(ground="unpaid", through=None)) is None


@pytest.mark.article("isp-access", "23")
@pytest.mark.parametrize(("dispatched_on", "code"), [(None, "no_notice"), (DAY, "notice_too_late")])
def test_the_notice_is_dispatched_on_an_earlier_day(dispatched_on, code):
    notice = NoticeFacts(dispatched_on=dispatched_on, stated=TOLD.stated)
    assert no(was_told_first(pack_for("isp-access", DAY), facts(), notice, DAY)).code == code
