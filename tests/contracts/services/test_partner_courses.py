"""Courses that a partner prices and cancels, and the contract beside ours with the interconnected carrier."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from contracts.models import Contract, Ending, PartnerCancellation, ProductChange
from contracts.services.cancel_course import record_partner_cancellation
from contracts.services.carry_out_day import carry_out_day
from contracts.services.declare_ending import declare_ending
from contracts.services.open_contract import open_contract
from notices.models import Notice
from tests import factories
from workflow.errors import Refused

pytestmark = pytest.mark.django_db

DAY = date(2025, 8, 1)
EFFECTIVE = date(2025, 9, 1)


def priced(**fields) -> Contract:
    flets = factories.product("isp-access", name="フレッツ光コース")
    partner = factories.partner()
    docomo = factories.product("isp-access", name="ドコモ光コース", partner=partner, becomes=flets)
    return factories.contract("isp-access", **({"product": docomo, "partner": partner} | fields))


def cancelled(contract: Contract) -> PartnerCancellation:
    return record_partner_cancellation(
        contract=contract, by=factories.staff(), on=DAY, effective_on=EFFECTIVE, reference="D-2025-0801"
    )


@pytest.mark.article("isp-access", "25")
def test_when_the_partner_cancels_its_course_the_contract_goes_on_under_the_other_one():
    contract = priced()
    docomo, flets = contract.product, contract.product.becomes
    cancellation = cancelled(contract)
    assert carry_out_day(on=EFFECTIVE - timedelta(days=1))["courses cancelled by partners"] == 0
    assert carry_out_day(on=EFFECTIVE)["courses cancelled by partners"] == 1
    assert carry_out_day(on=EFFECTIVE)["courses cancelled by partners"] == 0
    contract.refresh_from_db()
    cancellation.refresh_from_db()
    assert (contract.state, contract.product, contract.partner) == (Contract.State.ACTIVE, flets, None)
    change = ProductChange.objects.get()
    assert (change.old, change.new, change.on, change.article) == (docomo, flets, EFFECTIVE, "isp-access 25")
    assert cancellation.done_on == EFFECTIVE
    assert Notice.objects.get(occasion="change_done").recipient == contract.subscriber
    assert not Ending.objects.exists()


@pytest.mark.article("isp-access", "25")
def test_only_a_course_that_a_partner_prices_can_be_cancelled_by_it_and_the_catalogue_says_what_goes_on():
    for contract in (factories.contract("isp-access"), factories.contract("hikari-line")):
        with pytest.raises(Refused) as refused:
            cancelled(contract)
        assert refused.value.refusal.code == "no_partner_course"
    with pytest.raises(ValidationError):
        cancelled(priced(product=factories.product("isp-access")))
    contract = priced()
    cancelled(contract)
    with pytest.raises(ValidationError):
        cancelled(contract)
    assert PartnerCancellation.objects.count() == 1


@pytest.mark.article("isp-access", "47")
def test_the_contract_with_the_carrier_is_concluded_and_ends_with_ours_and_its_claims_are_bought():
    carrier = factories.partner(code="carrier")
    contract = factories.contract(
        "isp-access",
        state=Contract.State.ACCEPTED,
        product=factories.product("isp-access", carrier=carrier),
        formed_on=DAY,
        live=(DAY, None),
    )
    open_contract(contract=contract, by=factories.staff(), on=DAY)
    beside = contract.partner_contracts.get()
    assert (beside.partner, beside.since, beside.purchased, beside.article) == (
        carrier,
        DAY,
        True,
        "isp-access 47-1",
    )
    declare_ending(
        contract=contract,
        by=factories.staff(),
        on=DAY,
        ended_by=Ending.By.SUBSCRIBER,
        reason="引越し",
        ends_on=EFFECTIVE,
    )
    carry_out_day(on=EFFECTIVE + timedelta(days=1))
    beside.refresh_from_db()
    assert beside.ends_on == EFFECTIVE


def test_a_document_that_says_nothing_of_carriers_has_no_contract_with_one():
    product = factories.product("hikari-line", carrier=factories.partner(code="carrier"))
    contract = factories.contract(
        "hikari-line", state=Contract.State.ACCEPTED, product=product, formed_on=DAY, live=(DAY, None)
    )
    open_contract(contract=contract, by=factories.staff(), on=DAY)
    assert not contract.partner_contracts.exists()
