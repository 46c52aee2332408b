"""A pause at the subscriber's wish, and its end."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from contracts.models import Contract
from contracts.services.pause_contract import pause_contract
from contracts.services.resume_contract import resume_contract
from notices.models import Notice
from tests import factories
from workflow.errors import Refused, WrongState

pytestmark = pytest.mark.django_db

DAY = date(2025, 8, 1)


@pytest.mark.article("isp-access", "12")
@pytest.mark.article("hikari-line", "20")
@pytest.mark.article("hikari-phone", "17")
@pytest.mark.parametrize(
    ("terms_code", "article"), [("isp-access", "12"), ("hikari-line", "20"), ("hikari-phone", "17")]
)
def test_a_pause_lasts_through_the_day_before_use_starts_again(terms_code, article):
    contract = factories.contract(terms_code)
    pause = pause_contract(contract=contract, by=factories.staff(), on=DAY)
    assert (contract.state, pause.article) == (Contract.State.PAUSED, f"{terms_code} {article}")
    resume_contract(contract=contract, by=factories.staff(), on=date(2025, 9, 1))
    pause.refresh_from_db()
    assert (contract.state, pause.ends_on) == (Contract.State.ACTIVE, date(2025, 8, 31))
    assert Notice.objects.get(occasion="pause_ended").facts["resumed_on"] == "2025-09-01"


def test_a_contract_is_paused_once():
    contract = factories.contract()
    pause_contract(contract=contract, by=factories.staff(), on=DAY)
    with pytest.raises(WrongState):
        pause_contract(contract=contract, by=factories.staff(), on=DAY)
    assert contract.pauses.count() == 1


def test_a_pause_does_not_end_before_it_began():
    contract = factories.contract()
    pause_contract(contract=contract, by=factories.staff(), on=DAY)
    with pytest.raises(ValidationError):
        resume_contract(contract=contract, by=factories.staff(), on=date(2025, 7, 31))
    contract.refresh_from_db()
    assert contract.state == Contract.State.PAUSED


def test_what_is_not_paused_is_not_resumed():
    with pytest.raises(WrongState):
        resume_contract(contract=factories.contract(), by=factories.staff(), on=DAY)


@pytest.mark.article("isp-access", "12")
def test_a_course_priced_by_a_partner_is_not_paused():
    contract = factories.contract(partner=factories.partner())
    with pytest.raises(Refused) as refused:
        pause_contract(contract=contract, by=factories.staff(), on=DAY)
    assert str(refused.value.refusal.article) == "isp-access 12-2"
    assert not contract.pauses.exists()


def test_the_course_of_a_partner_under_another_document_is_paused():
    contract = factories.contract("hikari-line", partner=factories.partner())
    pause_contract(contract=contract, by=factories.staff(), on=DAY)
    assert contract.state == Contract.State.PAUSED


def test_a_pause_does_not_begin_before_the_service():
    contract = factories.contract(start=date(2025, 8, 5))
    with pytest.raises(ValidationError, match="2025-08-05"):
        pause_contract(contract=contract, by=factories.staff(), on=DAY)
