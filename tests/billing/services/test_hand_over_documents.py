"""The contract document: without delay, electronically only with consent, and the eight days from its receipt."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from billing.services.hand_over_documents import hand_over_document, hand_over_documents
from contracts.consents import ELECTRONIC_DOCUMENT
from contracts.contract_documents import document_received_on, initial_cancellation_until
from contracts.models import Contract, ContractDocument, Request
from contracts.services.carry_out_requests import carry_out_requests
from contracts.services.record_consents import record_consents
from notices.models import Notice
from notices.services.print_letters import print_letters
from notices.services.record_receipt import record_receipt
from tests import factories
from tests.billing import things
from tests.contracts.kinds.asking import ask, grant
from workflow.services.perform import perform

pytestmark = pytest.mark.django_db

DAY = date(2025, 4, 2)
NOW = factories.at(DAY)
BOOK = "電気通信事業法26の2"


@pytest.fixture(autouse=True)
def _standing() -> None:
    things.standing()


def person(terms_code: str = "isp-access") -> Contract:
    return things.contract(terms_code, 5200, subscriber=factories.subscriber())


def electronic(contract: Contract) -> None:
    record_consents(
        contract=contract, by=factories.staff(), at=NOW, form=Request.Form.WEB, codes=[ELECTRONIC_DOCUMENT]
    )


@pytest.mark.article("statute", BOOK)
@pytest.mark.parametrize("terms_code", things.CODES)
def test_without_consent_the_document_goes_on_paper_and_is_received_when_that_is_recorded(terms_code: str):
    contract = person(terms_code)
    assert hand_over_documents(at=NOW) == 1
    document = ContractDocument.objects.get(contract=contract)
    notice = document.notice
    assert (document.delivery, notice.channel, notice.article) == ("paper", "letter", f"statute {BOOK}")
    assert "5,200円" in notice.body
    assert "翌月27日" in notice.body
    with document.file.open("rb") as pdf:
        assert pdf.read(5) == b"%PDF-"
    assert document_received_on(contract) is None
    assert initial_cancellation_until(contract, DAY) is None, "the eight days have not begun"
    assert print_letters(at=NOW) is not None
    notice.refresh_from_db()
    record_receipt(notice=notice, by=factories.staff(), at=factories.at(date(2025, 4, 4)))
    assert document_received_on(contract) == date(2025, 4, 4)
    assert hand_over_documents(at=NOW) == 0
    with pytest.raises(DatabaseError), transaction.atomic():
        ContractDocument.objects.update(sha256="")


@pytest.mark.article("statute", BOOK)
@pytest.mark.article("statute", "電気通信事業法26の3")
def test_with_consent_it_is_received_when_recorded_and_the_eight_days_begin():
    contract = person()
    electronic(contract)
    document = hand_over_document(contract=contract, by=factories.staff(), at=NOW)
    assert (document.delivery, document.notice.channel) == ("electronic", "email")
    assert document.consent is not None
    assert "初期契約解除\nこの書面を受け取られた日" in document.notice.body
    assert document_received_on(contract) == DAY
    assert initial_cancellation_until(contract, DAY) == date(2025, 4, 9)


@pytest.mark.article("statute", "電気通信事業法26の3")
def test_a_corporation_has_no_initial_cancellation():
    contract = things.contract("isp-access", 5200)
    electronic(contract)
    document = hand_over_document(contract=contract, by=factories.staff(), at=NOW)
    assert "適用されません" in document.notice.body
    assert initial_cancellation_until(contract, DAY) is None


def test_a_contract_that_is_not_formed_has_no_document():
    contract = things.contract("isp-access", 5200, state=Contract.State.APPLIED)
    with pytest.raises(ValidationError):
        hand_over_document(contract=contract, by=factories.staff(), at=NOW)
    assert hand_over_documents(at=NOW) == 0
    assert not Notice.objects.exists()


@pytest.mark.article("statute", BOOK)
def test_after_a_change_another_document_is_handed_over_once():
    contract = person()
    hand_over_documents(at=NOW)
    change = Request.objects.create(
        kind=Request.Kind.ITEM_CHANGE,
        subscriber=contract.subscriber,
        terms_code=contract.terms_code,
        contract=contract,
        state=Request.State.ACCEPTED,
        decided_on=date(2025, 5, 1),
    )
    perform(change, "carry_out", by=factories.staff(), on=date(2025, 5, 1))
    later = factories.at(date(2025, 5, 2))
    assert [hand_over_documents(at=later), hand_over_documents(at=later)] == [1, 0]
    assert list(contract.documents.order_by("id").values_list("request", flat=True)) == [None, change.pk]


@pytest.mark.article("statute", BOOK)
def test_a_change_that_is_carried_out_long_after_it_was_granted_gets_its_document_all_the_same():
    contract = person()
    hand_over_documents(at=NOW)
    late = date(2025, 9, 1)
    request = ask(
        contract, "option", day=DAY, action="add", product=factories.product(kind="option").code, on=late
    )
    factories.explain(request, DAY)
    grant(request, DAY)
    assert hand_over_documents(at=factories.at(date(2025, 8, 31))) == 0
    assert carry_out_requests(on=late).carried_out == 1
    assert hand_over_documents(at=factories.at(late)) == 1
    assert ContractDocument.objects.get(request=request).contract == contract
