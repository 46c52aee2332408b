"""A paper is put to a request under its name in the document, or under one of its own; a copy is a file that can be read."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from contracts.models import Evidence, Request
from contracts.papers import LARGEST
from contracts.services.receive_evidence import receive_evidence
from contracts.services.withdraw_request import withdraw_request
from tests import factories
from workflow.errors import WrongState

pytestmark = pytest.mark.django_db

DAY = date(2025, 8, 1)
PDF = b"%PDF-1.7\n% proof"


@pytest.fixture
def request_made() -> Request:
    """A succession under a document that asks for a proof."""
    contract = factories.contract("hikari-line")
    return Request.objects.create(
        kind=Request.Kind.SUCCESSION,
        terms_code=contract.terms_code,
        contract=contract,
        subscriber=contract.subscriber,
        form=Request.Form.WRITTEN,
        state=Request.State.RECEIVED,
        received_at=factories.at(DAY),
    )


def receive(request: Request, **fields: object) -> Evidence:
    values = {"code": "proof", "file_name": "proof.pdf", "content": PDF}
    return receive_evidence(request=request, by=factories.staff(), on=DAY, **(values | fields))


@pytest.mark.article("hikari-line", "別記2")
def test_a_paper_of_the_document_goes_by_its_name_there_and_keeps_its_copy(request_made):
    paper = receive(request_made, file_name="C:\\papers\\proof.pdf")
    assert (paper.title, paper.file_name, paper.content_type) == (
        "承継を証明する書類",
        "proof.pdf",
        "application/pdf",
    )
    assert (bytes(paper.content), paper.seen_on) == (PDF, DAY)


def test_a_paper_that_was_only_seen_has_no_copy(request_made):
    paper = receive(request_made, code="", title=" 住民票 ", content=None)
    assert (paper.title, paper.content, paper.file_name, paper.sha256) == ("住民票", None, "", "")


@pytest.mark.parametrize(
    ("fields", "at_field"),
    [
        ({"code": "passport"}, "code"),
        ({"code": "", "title": "  "}, "title"),
        ({"content": b"MZ a programme"}, "file"),
        ({"content": b""}, "file"),
        ({"content": b"%PDF-" + b"0" * LARGEST}, "file"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_no_paper_is_kept(request_made, fields, at_field):
    with pytest.raises(ValidationError) as refused:
        receive(request_made, **fields)
    assert set(refused.value.message_dict) == {at_field}
    assert not request_made.evidence.exists()


def test_the_same_file_is_taken_once_for_a_paper(request_made):
    receive(request_made)
    with pytest.raises(ValidationError) as refused:
        receive(request_made)
    assert set(refused.value.message_dict) == {"file"}
    receive(request_made, code="", title="別の書類")
    assert request_made.evidence.count() == 2


def test_a_request_that_was_withdrawn_takes_no_paper(request_made):
    withdraw_request(request=request_made, by=factories.staff(), on=DAY)
    with pytest.raises(WrongState):
        receive(request_made)
    assert not request_made.evidence.exists()
