"""Endings by the operator at once, or after a demand (business-network 10), and for ties with organised crime."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from contracts.services.carry_out_endings import carry_out_endings
from contracts.services.declare_ending import declare_ending
from contracts.services.demand_performance import demand_performance
from tests import factories
from tests.contracts.endings import DAY, LAST_DAY, approve, demanded, propose
from workflow.errors import Refused

pytestmark = pytest.mark.django_db


@pytest.mark.article("business-network", "10")
@pytest.mark.parametrize("ground", ["insolvency", "prohibited_act", "obstruction"])
def test_business_network_ends_at_once_without_demand_or_notice(ground):
    contract = factories.contract("business-network")
    ending = approve(propose(contract, ground, ends_on=DAY, reason="破産手続開始の申立てを受けたため"))
    assert ending.notice.facts["accelerates"] is True
    # Nothing is foretold of what happens the same day.
    assert "ご契約の解除のお知らせ" in ending.notice.subject
    assert "あらかじめ" not in ending.notice.body
    assert carry_out_endings(on=DAY + timedelta(days=1)).ended == 1


@pytest.mark.article("business-network", "10")
def test_an_unpaid_debt_is_demanded_first_and_the_time_given_must_be_over():
    contract = factories.contract("business-network")
    with pytest.raises(Refused) as refused:
        propose(contract, "unpaid")
    assert (refused.value.refusal.code, str(refused.value.refusal.article)) == (
        "no_demand",
        "business-network 10-1(7)",
    )
    demand = demanded(contract)
    with pytest.raises(Refused):
        propose(contract, "unpaid")
    factories.dispatched(demand, date(2025, 7, 10))
    with pytest.raises(Refused) as refused:
        propose(contract, "unpaid", at=factories.at(date(2025, 7, 31)))
    assert refused.value.refusal.code == "demand_still_runs"
    assert propose(contract, "unpaid").article == "business-network 10-1(7)"


def test_a_demand_dispatched_too_late_to_leave_time_is_none():
    contract = factories.contract("business-network")
    factories.dispatched(demanded(contract, "not_performed", reason="設備の是正"), date(2025, 7, 31))
    with pytest.raises(Refused) as refused:
        propose(contract, "not_performed")
    assert refused.value.refusal.code == "no_demand"


def test_no_demand_is_sent_where_the_ground_asks_for_none():
    with pytest.raises(Refused):
        demand_performance(
            contract=factories.contract(), by=factories.staff(), at=factories.at(DAY), ground="cannot_perform", reason="支払い",
            perform_by=LAST_DAY,
        )  # fmt: skip
    with pytest.raises(ValidationError) as error:
        demand_performance(
            contract=factories.contract("business-network"), by=factories.staff(), at=factories.at(DAY), ground="unpaid",
            reason="支払い", perform_by=DAY,
        )  # fmt: skip
    assert "perform_by" in error.value.message_dict


@pytest.mark.article("isp-access", "17")
@pytest.mark.article("hikari-phone", "50")
@pytest.mark.article("business-network", "29")
@pytest.mark.parametrize(
    ("terms_code", "article"), [("isp-access", "17"), ("hikari-phone", "50"), ("business-network", "29-3")]
)
def test_ties_with_organised_crime_end_the_contract_at_once(terms_code, article):
    contract = factories.contract(terms_code)
    ending = approve(
        propose(contract, "anti_social", ends_on=DAY, reason="反社会的勢力との関係が判明したため")
    )
    assert ending.article == f"{terms_code} {article}"
    assert carry_out_endings(on=DAY + timedelta(days=1)).ended == 1


def test_hikari_line_has_no_article_on_organised_crime():
    with pytest.raises(Refused) as refused:
        propose(factories.contract("hikari-line"), "anti_social")
    assert refused.value.refusal.code == "no_such_ground"


def test_an_ending_at_once_takes_the_place_of_a_later_one():
    contract = factories.contract("business-network")
    first = declare_ending(
        contract=contract,
        by=factories.staff(),
        on=DAY,
        ended_by="subscriber",
        reason="移転",
        ends_on=date(2025, 12, 31),
    )
    approve(propose(contract, "insolvency", ends_on=DAY))
    first.refresh_from_db()
    contract.refresh_from_db()
    assert (first.withdrawn_on, contract.ends_on) == (DAY, DAY)
