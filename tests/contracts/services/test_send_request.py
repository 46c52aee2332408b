"""A request from the customers' pages comes with its papers and what the page explained: all of it, or nothing."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from contracts.models import Evidence, Explanation, Request, Subscriber
from contracts.services.send_request import send_request
from tests import factories

pytestmark = pytest.mark.django_db

DAY = date(2025, 8, 1)


def send(paper: bytes, **fields: Any) -> Request:
    factories.publish_all()
    contract = factories.contract("hikari-line")
    heir = factories.subscriber(kind=Subscriber.Kind.CORPORATION)
    return send_request(
        papers={"proof": SimpleUploadedFile("merger.pdf", paper)},
        by=factories.staff(),
        at=factories.at(DAY),
        kind=Request.Kind.SUCCESSION,
        subscriber=contract.subscriber,
        terms_code=contract.terms_code,
        form=Request.Form.WRITTEN,
        details={"cause": "merger", "on": "2025-07-20", "successors": [heir.number]},
        contract=contract,
        **fields,
    )


def test_the_request_is_received_with_its_paper():
    request = send(b"%PDF-1.7 a merger")
    assert request.state == Request.State.RECEIVED
    assert [(paper.code, paper.file_name, paper.seen_on) for paper in request.evidence.all()] == [
        ("proof", "merger.pdf", DAY)
    ]
    assert not Explanation.objects.exists()


def test_with_a_paper_that_cannot_be_read_nothing_is_received():
    with pytest.raises(ValidationError) as refused:
        send(b"no paper at all")
    assert set(refused.value.message_dict) == {"file"}
    assert not Request.objects.exists()
    assert not Evidence.objects.exists()
