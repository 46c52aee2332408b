"""When a contract may be ended, in facts and packs alone."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from contracts.guards.ending import (
    OperatorEndingFacts,
    SubscriberEndingFacts,
    may_operator_end,
    may_subscriber_end,
    needs_notice_first,
    operator_ground,
    operator_grounds,
    subscriber_default_article,
    was_told_first,
)
from terms.refusal import Refusal
from terms.registry import codes, pack_for
from tests.contracts.guards.answers import no, there

DAY = date(2025, 8, 1)


def operator(ground: str, **fields: Any) -> OperatorEndingFacts:
    return OperatorEndingFacts(ground=ground, **({"on": DAY, "ends_on": date(2025, 8, 15)} | fields))


@pytest.mark.parametrize("code", codes())
def test_every_ground_of_every_document_can_be_found_by_its_code(code):
    pack = pack_for(code, DAY)
    grounds = operator_grounds(pack)
    assert {ground.code for ground in grounds} >= {
        ground.code for ground in there(pack.operator_ending).grounds
    }
    assert ("anti_social" in {ground.code for ground in grounds}) == (pack.anti_social is not None)
    assert all(operator_ground(pack, ground.code) == ground for ground in grounds)


@pytest.mark.article("line-info-api", "12")
def test_the_api_ends_after_notice_without_an_urgent_exception():
    pack = pack_for("line-info-api", DAY)
    assert (
        no(may_operator_end(pack, operator("serious_without_suspension", urgent=True))).code
        == "no_urgent_exception"
    )
    assert (
        no(may_operator_end(pack, operator("serious_without_suspension", ends_on=DAY))).code == "notice_first"
    )
    assert may_operator_end(pack, operator("serious_without_suspension")) is None


@pytest.mark.article("line-info-api", "22")
@pytest.mark.article("line-info-api", "26")
@pytest.mark.parametrize("ground", ["disaster_damage", "anti_social", "anti_social_subcontractor"])
def test_some_grounds_end_the_api_contract_at_once(ground):
    assert may_operator_end(pack_for("line-info-api", DAY), operator(ground, ends_on=DAY)) is None


def test_an_ending_does_not_look_back():
    refusal = no(
        may_operator_end(pack_for("business-network", DAY), operator("insolvency", ends_on=date(2025, 7, 31)))
    )
    assert refusal.code == "not_in_advance"


def test_an_immediate_ground_needs_no_urgency():
    pack = pack_for("isp-access", DAY)
    assert may_operator_end(pack, operator("anti_social", urgent=True, ends_on=DAY)) is None


def test_notice_comes_first_unless_the_ground_or_the_case_says_otherwise():
    pack = pack_for("hikari-phone", DAY)
    ground = there(operator_ground(pack, "insolvency"))
    assert needs_notice_first(pack.operator_ending, ground, urgent=False)
    assert not needs_notice_first(pack.operator_ending, ground, urgent=True)
    assert not needs_notice_first(pack.operator_ending, replace(ground, immediate=True), urgent=False)
    business = pack_for("business-network", DAY)
    assert not needs_notice_first(
        business.operator_ending, there(operator_ground(business, "unpaid")), urgent=False
    )


def test_a_document_without_operator_endings_knows_no_ground():
    pack = replace(pack_for("hikari-line", DAY), operator_ending=None)
    refusal = no(may_operator_end(pack, operator("insolvency")))
    assert (refusal.code, str(refusal.article)) == ("no_such_ground", "hikari-line 1")
    assert operator_grounds(pack) == []


def test_a_document_silent_on_endings_by_the_subscriber_refuses_them():
    pack = replace(pack_for("hikari-line", DAY), subscriber_ending=None)
    refusal = no(
        may_subscriber_end(pack, SubscriberEndingFacts(declared_on=DAY, ends_on=DAY, form="written"))
    )
    assert (refusal.code, str(refusal.article)) == ("no_subscriber_ending", "hikari-line 1")


@pytest.mark.article("business-network", "9")
def test_only_business_network_lets_the_subscriber_end_for_the_operators_default():
    assert str(subscriber_default_article(pack_for("business-network", DAY))) == "business-network 9-3"
    for code in set(codes()) - {"business-network"}:
        assert isinstance(subscriber_default_article(pack_for(code, DAY)), Refusal)


def test_proof_of_notice_is_asked_for_only_where_it_is_needed():
    article = pack_for("isp-access", DAY).article("16")
    assert was_told_first(article, needed=False, dispatched_on=None, by=DAY) is None
    assert no(was_told_first(article, needed=True, dispatched_on=None, by=DAY)).code == "no_notice"
    assert was_told_first(article, needed=True, dispatched_on=DAY, by=DAY) is None
    assert (
        no(was_told_first(article, needed=True, dispatched_on=date(2025, 8, 2), by=DAY)).code
        == "notice_too_late"
    )


@pytest.mark.article("isp-access", "16")
def test_suspension_comes_before_an_uncured_ending():
    pack = pack_for("isp-access", DAY)
    assert no(may_operator_end(pack, operator("uncured_suspension"))).code == "not_suspended"
    assert (
        no(may_operator_end(pack, operator("uncured_suspension", suspended_since=DAY))).code
        == "not_suspended"
    )
    assert may_operator_end(pack, operator("uncured_suspension", suspended_since=date(2025, 7, 1))) is None


@pytest.mark.article("business-network", "10")
def test_a_demand_comes_first_and_its_time_runs_out():
    pack = pack_for("business-network", DAY)
    assert no(may_operator_end(pack, operator("unpaid"))).code == "no_demand"
    assert no(may_operator_end(pack, operator("unpaid", demand_through=DAY))).code == "demand_still_runs"
    assert may_operator_end(pack, operator("unpaid", demand_through=date(2025, 7, 31))) is None


@pytest.mark.article("isp-access", "15")
@pytest.mark.article("business-network", "9")
def test_form_time_and_period_of_an_ending_by_the_subscriber():
    def ask(code: str, **fields: Any) -> Any:
        values: dict[str, Any] = {"declared_on": DAY, "ends_on": date(2025, 8, 15), "form": "written"}
        return may_subscriber_end(pack_for(code, DAY), SubscriberEndingFacts(**(values | fields)))

    assert no(ask("isp-access")).code == "wrong_form"
    assert ask("isp-access", form="web") is None
    assert no(ask("isp-access", form="web", ends_on=date(2025, 7, 31))).code == "not_in_advance"
    assert no(ask("business-network")).code == "notice_too_late"
    assert ask("business-network", ends_on=date(2025, 9, 1)) is None
