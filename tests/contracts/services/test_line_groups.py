"""A line of a group is given when the group is of its size and all consented."""

import pytest
from django.core.exceptions import ValidationError

from contracts.models import Contract, Product, Request
from contracts.request_fields import Asker, request_fields
from contracts.services.join_group import consent_to_representative, join_group, name_representative
from contracts.services.refuse_request import refuse_request
from contracts.services.review_request import review_request
from contracts.services.withdraw_request import withdraw_request
from notices.models import Notice
from tests import factories
from tests.contracts.grouping import DAY, MENU_2, TERMS, accept, apply, ask_item, group, living, refusal
from tests.contracts.grouping import in_english as in_english
from workflow.errors import Refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.mark.article("hikari-line", "5")
def test_a_line_of_menu_2_is_not_given_without_a_group():
    request = apply(None)
    assert "name the group" in str(refusal(request))
    request.contract.refresh_from_db()
    assert request.contract.state == Contract.State.APPLIED
    found = review_request(request=request, by=factories.staff(), on=DAY)
    assert [each.code for each in found] == ["no_group"]
    refuse_request(
        request=request, by=factories.staff(), on=DAY, ground="no_group", reason="四回線に満たない"
    )
    assert Notice.objects.get(occasion="request_refused").article == "hikari-line 53"


def test_a_line_of_menu_1_needs_none():
    product = factories.product(TERMS, **(MENU_2 | {"dwelling": Product.Dwelling.DETACHED}))
    assert accept(apply(None, product)).state == Contract.State.ACCEPTED


@pytest.mark.article("hikari-line", "5")
@pytest.mark.parametrize(("plan", "least"), [("mini", 4), ("plan1", 8)])
def test_a_group_is_set_up_with_as_many_lines_as_its_plan_asks_for(plan, least):
    named = group(plan)
    requests = [apply(named) for _ in range(least - 1)]
    assert f"asks for {least}" in str(refusal(requests[0]))
    requests.append(apply(named))
    contracts = [accept(request) for request in requests]
    assert {contract.state for contract in contracts} == {Contract.State.ACCEPTED}


@pytest.mark.article("hikari-line", "5")
def test_an_applicant_who_takes_it_back_or_is_refused_does_not_count():
    named = group()
    requests = [apply(named) for _ in range(5)]
    withdraw_request(request=requests[4], by=factories.staff(), on=DAY)
    refuse_request(
        request=requests[3],
        by=factories.staff(),
        on=DAY,
        ground="hindrance",
        reason="支障",
        order_reason="先に",
    )
    assert "has 3 lines" in str(refusal(requests[0]))


@pytest.mark.article("hikari-line", "5")
def test_a_group_of_sixteen_has_a_representative_to_whom_all_consent():
    named = group("plan2")
    requests = [apply(named, consents_to_representative=index > 0) for index in range(16)]
    assert "no representative" in str(refusal(requests[0]))
    name_representative(group=named, contract=requests[1].contract, by=factories.staff(), on=DAY)
    assert "1 members" in str(refusal(requests[1]))
    member = named.members.get(contract=requests[0].contract)
    consent_to_representative(member=member, by=factories.staff(), on=DAY)
    assert accept(requests[0]).state == Contract.State.ACCEPTED
    with pytest.raises(ValidationError, match="consented already"):
        consent_to_representative(member=member, by=factories.staff(), on=DAY)


@pytest.mark.article("hikari-line", "5")
def test_a_line_of_10_gigabits_is_in_a_group_of_no_plan():
    ten = factories.product(TERMS, **(MENU_2 | {"item": "10Gb/s"}))
    assert "plan of the group is not for 10Gb/s" in str(refusal(apply(group(), ten)))
    assert accept(apply(group(""), ten)).state == Contract.State.ACCEPTED


@pytest.mark.article("hikari-line", "5")
@pytest.mark.article("hikari-line", "16")
def test_a_contract_changes_to_menu_2_only_within_a_group():
    contract = factories.contract(TERMS)
    menu_2 = factories.product(TERMS, **MENU_2)
    with pytest.raises(Refused, match="name the group"):
        ask_item(contract, menu_2)
    (member,) = living(group(), 1)
    assert ask_item(member, menu_2).state == Request.State.RECEIVED


@pytest.mark.parametrize(("terms_code", "asked"), [(TERMS, True), ("isp-access", False)])
def test_only_under_a_document_with_groups_an_application_asks_for_one(terms_code, asked):
    subscriber = factories.subscriber()
    fields = request_fields(
        Asker(kind="new", terms_code=terms_code, subscriber=subscriber, contract=None, on=DAY)
    )
    assert ({"group", "consents_to_representative"} <= set(fields)) is asked


@pytest.mark.article("hikari-line", "5")
@pytest.mark.parametrize(("grade", "item", "given"), [
    ("1-1", "1Gb/s", True), ("1-2", "100Mb/s", True), ("1-2", "1Gb/s", False), ("2", "200Mb/s", False),
])  # fmt: skip
def test_the_lines_of_a_group_are_of_its_grade_and_no_other(grade, item, given):
    named, product = group(grade=grade), factories.product(TERMS, **(MENU_2 | {"item": item}))
    requests = [apply(named, product) for _ in range(4)]
    if given:
        assert accept(requests[0]).state == Contract.State.ACCEPTED
    else:
        assert "lines of one grade" in str(refusal(requests[0]))


@pytest.mark.article("hikari-line", "5")
@pytest.mark.article("hikari-line", "16")
def test_a_line_does_not_change_to_an_item_that_the_grade_of_its_group_cannot_carry():
    named = group(grade="1-2")
    slow = factories.product(TERMS, **(MENU_2 | {"item": "100Mb/s"}))
    contract = factories.contract(TERMS, product=slow)
    join_group(group=named, contract=contract, by=factories.staff(), on=DAY)
    with pytest.raises(Refused, match="lines of one grade"):
        ask_item(contract, factories.product(TERMS, **MENU_2))
