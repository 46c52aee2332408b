"""What the customer agreed to, and taking back what can be taken back."""

from datetime import date

import pytest

from billing.services.hand_over_documents import hand_over_document
from contracts.models import Consent, Explanation
from contracts.services.record_consents import record_consents
from tests import factories
from tests.billing import things
from tests.portal.test_contract_documents import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def contract():
    found = factories.contract("hikari-line", subscriber=factories.subscriber())
    record_consents(
        by=factories.staff(),
        at=factories.at(date(2025, 4, 1)),
        form="web",
        contract=found,
        codes=["electronic_contract_document", "third_party_provision"],
    )
    record_consents(by=factories.staff(), at=factories.at(date(2025, 4, 1)), form="web", contract=found)
    return found


@pytest.mark.article("hikari-line", "57")
def test_each_consent_stands_there_with_its_article_version_and_day(contract):
    page = signed_in(contract.subscriber).get("/contracts/consents/").content.decode()
    assert "2024年3月1日の版" in page
    assert "2025年4月1日" in page
    assert "/terms/hikari-line/57/" in page
    assert page.count('class="button quiet small">取り消す') == 2


def test_one_that_can_be_taken_back_is_and_a_stranger_cannot(contract):
    consent = Consent.objects.get(code="third_party_provision")
    address = f"/contracts/consents/{consent.pk}/withdraw/"
    assert signed_in(factories.subscriber()).post(address).status_code == 404
    client = signed_in(contract.subscriber)
    assert client.get(address).status_code == 405
    page = client.post(address, follow=True).content.decode()
    consent.refresh_from_db()
    assert consent.withdrawn_at is not None
    assert page.count('class="button quiet small">取り消す') == 1


@pytest.mark.article("hikari-line", "57")
def test_one_that_is_part_of_the_contract_stands(contract):
    consent = Consent.objects.exclude(terms_code="statute").first()
    page = signed_in(contract.subscriber).post(f"/contracts/consents/{consent.pk}/withdraw/", follow=True)
    consent.refresh_from_db()
    assert consent.withdrawn_at is None
    assert consent.article in page.content.decode()


@pytest.mark.article("statute", "電気通信事業法26")
def test_what_is_sent_from_the_portal_was_explained_on_its_page_and_stands_among_the_documents():
    factories.serve("business-network")
    factories.publish_all()
    things.standing()
    product = factories.product("business-network", name="専用線")
    things.tariff(product, 4700)
    client = signed_in(factories.subscriber())
    answers = {
        "postal_code": "100-0001", "prefecture": "東京都", "city": "千代田区", "town": "千代田1-1", "building": "",
        "desired_on": "", "note": "", "product": product.code, "sure": "on",
    }  # fmt: skip
    address = "/requests/new/business-network/"
    weighed = client.post(address, answers | {"step": "preview"}).content.decode()
    assert "事前の提供条件の説明" in weighed
    assert not Explanation.objects.exists()
    client.post(address, answers | {"step": "send"})
    found = Explanation.objects.get()
    assert (found.method, found.effective) == ("electronic", date(2023, 9, 10))
    assert 4700 in [amount for _name, amount in found.prices]
    assert found.request.number in client.get("/contracts/documents/").content.decode()


def test_agreements_and_documents_stand_together():
    things.standing()
    contract = things.contract("isp-access", 5200, subscriber=factories.subscriber())
    document = hand_over_document(contract=contract, by=factories.staff(), at=factories.at(date(2025, 4, 2)))
    page = signed_in(contract.subscriber).get("/contracts/documents/").content.decode()
    assert f"/contracts/documents/{document.pk}.pdf" in page
    assert 'href="/contracts/consents/"' in page
