"""Groups of lines for the tests of them: set up, joined by applicants, left by members."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.utils import translation

from contracts.models import Contract, Ending, LineGroup, Product, Request
from contracts.services.accept_request import accept_request
from contracts.services.declare_ending import declare_ending
from contracts.services.form_group import form_group
from contracts.services.join_group import join_group
from contracts.services.receive_request import receive_request
from tests import factories
from workflow.errors import Refused

TERMS, DAY = "hikari-line", date(2025, 8, 1)
MENU_2 = {"dwelling": Product.Dwelling.COLLECTIVE, "item": "1Gb/s", "maintenance": "type1-1"}


@pytest.fixture
def in_english() -> Iterator[None]:
    """The document with groups is published and served, and texts are read in English."""
    factories.publish_all()
    factories.serve(TERMS)
    with translation.override("en"):
        yield


def group(plan: str = "mini", grade: str = "1-1", **fields: Any) -> LineGroup:
    address = factories.ADDRESS | fields
    return form_group(by=factories.staff(), on=DAY, terms_code=TERMS, plan=plan, grade=grade, address=address)


def apply(named: LineGroup | None, product: Product | None = None, **details: Any) -> Request:
    if named is not None:
        details["group"] = named.number
    return receive_request(
        by=factories.staff(),
        at=factories.at(DAY),
        kind=Request.Kind.NEW,
        subscriber=factories.subscriber(kind="corporation"),
        terms_code=TERMS,
        form=factories.asked_form(TERMS),
        details=factories.new_details(product or factories.product(TERMS, **MENU_2), **details),
    )


def accept(request: Request) -> Contract:
    accept_request(request=request, by=factories.staff(), on=DAY, order_reason="一括して")
    contract = request.contract
    assert contract is not None
    contract.refresh_from_db()
    return contract


def living(named: LineGroup, count: int) -> list[Contract]:
    product = factories.product(TERMS, **MENU_2)
    made = [factories.contract(TERMS, product=product) for _ in range(count)]
    for contract in made:
        join_group(group=named, contract=contract, by=factories.staff(), on=DAY)
    return made


def end(contract: Contract, last_day: date) -> None:
    declare_ending(
        contract=contract,
        by=factories.staff(),
        on=DAY,
        ended_by=Ending.By.SUBSCRIBER,
        reason="転居",
        ends_on=last_day,
        form="written",
    )


def refusal(request: Request) -> Refused:
    with pytest.raises(Refused) as refused:
        accept(request)
    assert str(refused.value.refusal.article) == "hikari-line 5"
    assert refused.value.refusal.code == "no_group"
    return refused.value


def ask_item(contract: Contract, product: Product, **fields: Any) -> Request:
    return receive_request(
        by=factories.staff(),
        at=factories.at(DAY),
        kind=Request.Kind.ITEM_CHANGE,
        subscriber=contract.subscriber,
        terms_code=TERMS,
        form="written",
        details={"product": product.code, "on": DAY},
        contract=contract,
        **fields,
    )
