"""A person cancels a new contract in writing within eight days, counting the day the contract document arrived."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from billing.chunks.gather import cause_of
from contracts.models import Contract, ContractDocument, Ending, Request, Subscriber
from contracts.services.carry_out_endings import carry_out_endings
from contracts.services.tell import tell
from notices.models import Notice
from tests import factories
from tests.contracts.kinds.asking import ask
from workflow.errors import Refused
from workflow.services.perform import perform

pytestmark = pytest.mark.django_db

START = date(2025, 8, 1)
LAST = date(2025, 8, 8)


@pytest.fixture(autouse=True)
def _published():
    factories.publish_all()


def opened(kind: str = Subscriber.Kind.PERSON, state: str = Contract.State.ACTIVE) -> Contract:
    """A contract whose document reached the subscriber on START."""
    contract = factories.contract(
        "hikari-line", start=START, subscriber=factories.subscriber(kind=kind), state=state
    )
    article = contract.pack(START).application.article
    notice = tell(
        contract, "contract_accepted", on=START, article=article, accepted_on=START, formed_on=START
    )
    factories.dispatched(notice, START)
    perform(notice, "receive", by=factories.staff(), on=START, at=factories.at(START, 12))
    ContractDocument.objects.create(
        contract=contract,
        terms_code=contract.terms_code,
        effective=contract.pack(START).effective,
        delivery=ContractDocument.Delivery.PAPER,
        notice=notice,
        sha256="0" * 64,
        issued_at=factories.at(START),
        issued_by=factories.staff(),
    )
    return contract


def cancelled(contract: Contract, dispatched_on: date, day: date, form: str = "written") -> Request:
    return ask(contract, "initial_cancellation", day=day, form=form, dispatched_on=dispatched_on)


@pytest.mark.article("statute", "電気通信事業法26の3")
@pytest.mark.parametrize("form", ["written", "web"])
def test_what_is_sent_on_the_eighth_day_ends_the_contract_that_day(form):
    contract = opened()
    request = cancelled(contract, LAST, date(2025, 8, 12), form)
    ending = Ending.objects.get()
    assert (ending.ends_on, str(ending.article)) == (LAST, "statute 電気通信事業法26の3")
    assert request.state == Request.State.CARRIED_OUT
    told = Notice.objects.get(occasion="initial_cancellation_confirmed")
    assert "2025年8月8日" in told.body
    carry_out_endings(on=date(2025, 8, 13))
    contract.refresh_from_db()
    assert (contract.state, contract.ends_on) == (Contract.State.ENDED, LAST)
    assert cause_of(ending.by, ending.ground) == "initial_cancellation"


@pytest.mark.article("statute", "電気通信事業法26の3")
def test_before_the_service_starts_it_takes_the_contract_with_it():
    contract = opened(state=Contract.State.ACCEPTED)
    cancelled(contract, date(2025, 8, 4), date(2025, 8, 5))
    contract.refresh_from_db()
    assert contract.state == Contract.State.CANCELLED


@pytest.mark.article("statute", "電気通信事業法26の3")
@pytest.mark.parametrize(
    ("kind", "form", "dispatched_on", "code"),
    [
        ("person", "written", date(2025, 8, 9), "too_late"),
        ("person", "phone", LAST, "wrong_form"),
        ("corporation", "written", LAST, "corporation"),
    ],
)
def test_it_is_refused_when_late_by_telephone_or_for_a_corporation(kind, form, dispatched_on, code):
    contract = opened(kind)
    with pytest.raises(Refused) as refused:
        cancelled(contract, dispatched_on, date(2025, 8, 12), form)
    assert refused.value.refusal.code == code
    contract.refresh_from_db()
    assert contract.state == Contract.State.ACTIVE
    assert not Request.objects.exists()


def test_a_day_of_dispatch_yet_to_come_is_sent_back():
    with pytest.raises(ValidationError) as error:
        cancelled(opened(), LAST, date(2025, 8, 7))
    assert set(error.value.message_dict) == {"dispatched_on"}


@pytest.mark.article("statute", "電気通信事業法26の3")
def test_the_days_do_not_begin_before_the_document_arrived():
    contract = factories.contract("hikari-line", start=START, subscriber=factories.subscriber())
    cancelled(contract, date(2025, 9, 1), date(2025, 9, 1))
    contract.refresh_from_db()
    assert contract.state == Contract.State.ENDING


@pytest.mark.article("statute", "電気通信事業法26の3")
@pytest.mark.parametrize(
    ("formed_on", "taken_over_on", "code"),
    [(date(2024, 4, 1), date(2025, 7, 1), "too_late"), (date(2016, 5, 20), START, "older_than_law")],
)
def test_a_contract_taken_over_long_ago_or_older_than_the_law_is_not_cancelled_so(
    formed_on, taken_over_on, code
):
    contract = factories.contract(
        "hikari-line",
        start=formed_on,
        subscriber=factories.subscriber(),
        formed_on=formed_on,
        document_received_on=taken_over_on,
    )
    with pytest.raises(Refused) as refused:
        cancelled(contract, LAST, LAST)
    assert refused.value.refusal.code == code


@pytest.mark.article("statute", "電気通信事業法26の3")
def test_a_document_issued_after_the_takeover_counts_instead():
    contract = opened()
    Contract.objects.filter(pk=contract.pk).update(document_received_on=date(2025, 1, 1))
    contract.refresh_from_db()
    cancelled(contract, LAST, LAST)
    assert Ending.objects.get().ends_on == LAST
