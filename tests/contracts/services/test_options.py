"""Options and lent equipment on a running contract."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from contracts.models import Contract, Product, Request
from contracts.services.accept_request import accept_request
from contracts.services.add_option import add_option
from contracts.services.carry_out_requests import carry_out_requests
from contracts.services.drop_option import drop_option
from contracts.services.receive_request import receive_request
from notices.models import Notice
from tests import factories
from workflow.selectors import state_changes_of

pytestmark = pytest.mark.django_db

DAY = date(2025, 8, 1)


def option(terms_code: str = "isp-access", **fields: Any) -> Product:
    return factories.product(terms_code, **({"kind": Product.Kind.OPTION} | fields))


@pytest.mark.article("isp-access", "18")
@pytest.mark.article("hikari-phone", "22")
@pytest.mark.article("hikari-phone", "63")
@pytest.mark.parametrize("terms_code", ["isp-access", "hikari-phone"])
def test_an_option_runs_from_its_day_and_the_subscriber_is_told(terms_code):
    contract, product = factories.contract(terms_code), option(terms_code)
    by = factories.staff()
    added = add_option(contract=contract, product=product, by=by, on=DAY)
    assert (added.starts_on, added.ends_on) == (DAY, None)
    assert Notice.objects.get(occasion="change_done").facts["change"] == "option"
    change = state_changes_of(contract).get()
    assert (change.transition, change.by, change.source, change.target) == (
        "add_option",
        by,
        "active",
        "active",
    )


@pytest.mark.article("hikari-phone", "23")
def test_lent_equipment_is_told_as_equipment():
    contract, product = (
        factories.contract("hikari-phone"),
        option("hikari-phone", kind=Product.Kind.EQUIPMENT),
    )
    add_option(contract=contract, product=product, by=factories.staff(), on=DAY)
    assert Notice.objects.get(occasion="change_done").facts["change"] == "equipment"


def test_a_contract_carries_an_option_once_at_a_time():
    contract, product = factories.contract(), option()
    add_option(contract=contract, product=product, by=factories.staff(), on=DAY)
    with pytest.raises(ValidationError):
        add_option(contract=contract, product=product, by=factories.staff(), on=DAY + timedelta(days=1))
    drop_option(contract=contract, product=product, by=factories.staff(), on=DAY + timedelta(days=10))
    again = add_option(contract=contract, product=product, by=factories.staff(), on=DAY + timedelta(days=11))
    assert contract.options.count() == 2
    assert again.ends_on is None


def test_dropping_names_the_last_day():
    contract, product = factories.contract(), option()
    add_option(contract=contract, product=product, by=factories.staff(), on=DAY)
    dropped = drop_option(
        contract=contract, product=product, by=factories.staff(), on=DAY + timedelta(days=30)
    )
    assert dropped.ends_on == DAY + timedelta(days=30)
    with pytest.raises(ValidationError):
        drop_option(contract=contract, product=product, by=factories.staff(), on=DAY + timedelta(days=31))


@pytest.mark.parametrize("fields", [{"offered": False}, {"kind": Product.Kind.BASE}])
def test_only_options_on_offer_are_added(fields):
    with pytest.raises(ValidationError):
        add_option(contract=factories.contract(), product=option(**fields), by=factories.staff(), on=DAY)


def test_an_option_of_another_document_is_none():
    with pytest.raises(ValidationError):
        add_option(contract=factories.contract(), product=option("hikari-line"), by=factories.staff(), on=DAY)


def test_nothing_is_added_to_a_contract_that_has_ended():
    with pytest.raises(ValidationError):
        add_option(
            contract=factories.contract(state=Contract.State.ENDED),
            product=option(),
            by=factories.staff(),
            on=DAY,
        )


def test_an_option_asked_for_later_is_added_in_the_night_of_its_day():
    contract, product = factories.contract(), option()
    later = DAY + timedelta(days=5)
    request = receive_request(
        by=factories.staff(),
        at=factories.at(DAY),
        kind=Request.Kind.OPTION,
        subscriber=contract.subscriber,
        terms_code=contract.terms_code,
        form="web",
        details={"product": product.code, "action": "add", "on": later},
        contract=contract,
    )
    accept_request(request=request, by=factories.staff(), on=DAY)
    assert carry_out_requests(on=later - timedelta(days=1)).carried_out == 0
    assert not contract.options.exists()
    assert carry_out_requests(on=later).carried_out == 1
    assert contract.options.get().starts_on == later
    assert carry_out_requests(on=later).carried_out == 0


def test_a_request_that_can_no_longer_be_carried_out_stops_no_other():
    bad, good = factories.contract(), factories.contract()
    for contract in (bad, good):
        request = receive_request(
            by=factories.staff(),
            at=factories.at(DAY),
            kind=Request.Kind.PAUSE,
            subscriber=contract.subscriber,
            terms_code=contract.terms_code,
            form="web",
            details={"on": DAY + timedelta(days=1)},
            contract=contract,
        )
        accept_request(request=request, by=factories.staff(), on=DAY)
    Contract.objects.filter(pk=bad.pk).update(state=Contract.State.SUSPENDED)
    counts = carry_out_requests(on=DAY + timedelta(days=1))
    assert (counts.carried_out, counts.failed) == (1, 1)
    good.refresh_from_db()
    assert good.state == Contract.State.PAUSED


def test_an_option_does_not_start_before_the_service():
    contract = factories.contract(start=date(2025, 8, 5))
    with pytest.raises(ValidationError, match="2025-08-05"):
        add_option(contract=contract, product=option(), by=factories.staff(), on=DAY)
