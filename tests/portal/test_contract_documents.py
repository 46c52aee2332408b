"""The subscriber finds the contract documents and downloads them; nobody else does."""

from datetime import date

import pytest
from django.test import Client

from billing.services.hand_over_documents import hand_over_document
from tests import factories
from tests.billing import things

pytestmark = pytest.mark.django_db


def signed_in(subscriber) -> Client:
    subscriber.user = factories.staff()
    subscriber.user.is_staff = False
    subscriber.user.save()
    subscriber.save()
    client = Client()
    client.force_login(subscriber.user)
    return client


@pytest.mark.article("statute", "電気通信事業法26の2")
def test_the_subscriber_downloads_the_document_and_a_stranger_does_not_see_it():
    things.standing()
    contract = things.contract("isp-access", 5200, subscriber=factories.subscriber())
    document = hand_over_document(contract=contract, by=factories.staff(), at=factories.at(date(2025, 4, 2)))
    client = signed_in(contract.subscriber)
    address = f"/contracts/documents/{document.pk}.pdf"
    assert address in client.get("/contracts/documents/").content.decode()
    assert address in client.get(f"/contracts/{contract.number}/").content.decode()
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    stranger = signed_in(factories.subscriber())
    assert stranger.get(address).status_code == 404
    assert address not in stranger.get("/contracts/documents/").content.decode()
