"""The number with which a line moves to another provider."""

from datetime import date

import pytest

from contracts.models import ApprovalNumber, Contract, Request
from contracts.services.issue_approval_number import issue_approval_number
from notices.models import Notice
from tests import factories

pytestmark = pytest.mark.django_db

DAY = date(2025, 8, 1)


def issue(contract: Contract, on: date = DAY) -> ApprovalNumber:
    asked = Request.objects.create(
        kind=Request.Kind.PROVIDER_CHANGE,
        terms_code=contract.terms_code,
        contract=contract,
        subscriber=contract.subscriber,
    )
    return issue_approval_number(contract=contract, by=factories.staff(), on=on, request=asked)


def test_the_day_of_issue_is_the_first_of_its_days_and_the_subscriber_is_told():
    number = issue(factories.contract("hikari-line"))
    assert (number.issued_on, number.valid_through) == (DAY, date(2025, 8, 15))
    assert number.number[1:5] == f"{number.valid_through:%m%d}"
    assert len(number.number) == 11
    assert Notice.objects.get(occasion="approval_number_issued").facts["approval_number"] == number.number


def test_a_new_one_voids_what_was_not_used_and_leaves_what_was():
    contract = factories.contract("hikari-line")
    used = issue(contract)
    ApprovalNumber.objects.filter(pk=used.pk).update(used_on=DAY)
    unused, other = issue(contract), issue(factories.contract("hikari-line"))
    latest = issue(contract, date(2025, 8, 4))
    voided = {number.pk: number.voided_on for number in ApprovalNumber.objects.all()}
    assert voided == {used.pk: None, unused.pk: date(2025, 8, 4), other.pk: None, latest.pk: None}
