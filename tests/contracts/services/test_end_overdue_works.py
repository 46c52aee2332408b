"""A contract whose work is not done by the day that was set."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from contracts.models import Contract, Ending, Work
from contracts.services.carry_out_endings import carry_out_endings
from contracts.services.end_overdue_works import end_overdue_works
from contracts.services.open_contract import open_contract
from tests import factories

pytestmark = pytest.mark.django_db

DAY, LAST_DAY = date(2025, 8, 1), date(2025, 8, 31)


def waiting_for_work(terms_code: str, *, due_on: date) -> Contract:
    contract = factories.contract(terms_code, state=Contract.State.ACCEPTED)
    Work.objects.create(
        contract=contract, kind=Work.Kind.OPENING, planned_at=factories.at(due_on), due_on=due_on
    )
    return contract


@pytest.mark.article("hikari-phone", "20")
def test_a_phone_whose_work_is_not_done_by_the_set_day_must_be_ended():
    contract = waiting_for_work("hikari-phone", due_on=DAY)
    assert end_overdue_works(on=DAY) == 0
    assert end_overdue_works(on=DAY + timedelta(days=1)) == 1
    ending = Ending.objects.get()
    assert (ending.article, ending.ends_on) == ("hikari-phone 20-5", DAY + timedelta(days=2))
    assert end_overdue_works(on=DAY + timedelta(days=1)) == 0
    factories.dispatched(ending.notice, DAY + timedelta(days=1))
    carry_out_endings(on=DAY + timedelta(days=3))
    contract.refresh_from_db()
    assert contract.state == Contract.State.CANCELLED


def test_a_document_that_leaves_the_choice_ends_nothing_by_itself():
    waiting_for_work("hikari-line", due_on=DAY)
    assert end_overdue_works(on=DAY + timedelta(days=1)) == 0


def test_a_contract_whose_ending_was_declared_does_not_open():
    factories.publish_all()
    contract = waiting_for_work("hikari-phone", due_on=DAY)
    end_overdue_works(on=DAY + timedelta(days=1))
    contract.works.update(state=Work.State.DONE)
    with pytest.raises(ValidationError, match="2025-08-03"):
        open_contract(contract=contract, by=factories.staff(), on=DAY + timedelta(days=1))
