"""Disclosures: only on a ground, with the consent it rests on, to whom and as far as it goes; each in the log."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from contracts.models import Contract, Disclosure, Partner, Request
from contracts.services.record_consents import record_consents
from contracts.services.record_disclosure import record_disclosure
from contracts.services.tell_arrears_to_partner import tell_arrears_to_partner
from notices.models import Notice
from tests import factories
from workflow.errors import Refused

pytestmark = pytest.mark.django_db

DAY = date(2025, 8, 1)
NOW = factories.at(DAY)


def carrier(role: str = Partner.Role.INTERCONNECTED_CARRIER) -> Partner:
    values = {"role": role, "name": "架空通信株式会社", "email": "carrier@example.jp"}
    return Partner.objects.get_or_create(code=role.replace("_", "-"), defaults=values)[0]


def agreed(terms_code: str) -> Contract:
    contract = factories.contract(terms_code)
    record_consents(contract=contract, by=factories.staff(), at=NOW, form=Request.Form.WRITTEN)
    return contract


def refused(contract: Contract, **given: Any) -> str:
    with pytest.raises(Refused) as error:
        disclose(contract, **given)
    assert not Disclosure.objects.exists()
    return error.value.refusal.code


def disclose(contract: Contract, **given: Any) -> Disclosure:
    return record_disclosure(contract=contract, by=factories.staff(), at=NOW, **given)


IDENTITY = {"ground": "identity_to_partner", "items": ["name_and_address"]}


@pytest.mark.article("hikari-line", "57")
def test_name_and_address_go_to_a_carrier_only_with_consent_and_are_logged():
    contract = factories.contract("hikari-line")
    assert refused(contract, partner=carrier(), **IDENTITY) == "no_consent"
    record_consents(contract=contract, by=factories.staff(), at=NOW, form=Request.Form.WRITTEN)
    entry = disclose(contract, partner=carrier(), **IDENTITY)
    assert (entry.article, entry.answer, entry.items) == ("hikari-line 57-1", "given", ["name_and_address"])
    assert entry.consent is not None
    assert entry.consent.code == "identity_to_partners"
    with pytest.raises(DatabaseError), transaction.atomic():
        Disclosure.objects.filter(pk=entry.pk).update(items=[])


@pytest.mark.article("hikari-line", "57")
def test_nothing_passes_beyond_the_ground_or_to_somebody_else():
    contract = agreed("hikari-line")
    assert refused(contract, partner=carrier(), ground="identity_to_partner", items=["traffic_records"]) == (
        "beyond_ground"
    )
    assert refused(contract, recipient="third_party", name="名簿業者", **IDENTITY) == "wrong_recipient"
    assert (
        refused(contract, recipient="interconnected_carrier", name="無契約の会社", **IDENTITY)
        == "not_a_partner"
    )
    assert refused(contract, partner=carrier(), ground="curiosity", items=["contact"]) == "no_ground"
    with pytest.raises(ValidationError):
        disclose(contract, recipient="court", **IDENTITY)


@pytest.mark.article("hikari-line", "57")
def test_the_billing_operator_is_given_what_it_collects_with_and_tells_what_was_paid():
    contract, biller = agreed("hikari-line"), carrier(Partner.Role.BILLING_OPERATOR)
    items = ["name_and_address", "line_number", "billing_data", "account_or_card", "suspension"]
    assert disclose(contract, partner=biller, ground="billing_to_billing_operator", items=items).article == (
        "hikari-line 57-3"
    )
    back = disclose(
        contract,
        partner=biller,
        ground="payment_from_billing_operator",
        items=["payment_status"],
        answer="received",
    )
    assert (back.article, back.answer) == ("hikari-line 57-4", "received")
    with pytest.raises(Refused):
        disclose(contract, partner=biller, ground="payment_from_billing_operator", items=["payment_status"])


@pytest.mark.article("hikari-line", "58")
def test_data_received_from_a_carrier_are_logged_too():
    entry = disclose(
        agreed("hikari-line"),
        partner=carrier(Partner.Role.WHOLESALER),
        ground="data_from_partner",
        items=["contract_content"],
        answer="received",
    )
    assert (entry.article, entry.answer) == ("hikari-line 58", "received")


@pytest.mark.article("hikari-phone", "6")
def test_data_pass_both_ways_between_the_company_and_its_wholesaler():
    contract, wholesaler = agreed("hikari-phone"), carrier(Partner.Role.WHOLESALER)
    for answer in ("given", "received"):
        entry = disclose(
            contract, partner=wholesaler, ground="wholesaler_sharing", items=["line_number"], answer=answer
        )
        assert (entry.article, entry.answer) == ("hikari-phone 6-3", answer)


@pytest.mark.article("hikari-line", "47")
def test_arrears_of_a_purchased_claim_are_told_to_its_carrier_only_with_consent():
    contract, clerk = factories.contract("hikari-line"), factories.staff()
    asked = {"contract": contract, "partner": carrier(), "by": clerk, "at": NOW, "amount": 3300}
    with pytest.raises(Refused) as error:
        tell_arrears_to_partner(due_on=date(2025, 7, 25), **asked)
    assert error.value.refusal.code == "no_consent"
    record_consents(contract=contract, by=clerk, at=NOW, form=Request.Form.WRITTEN)
    with pytest.raises(Refused) as error:
        tell_arrears_to_partner(due_on=DAY, **asked)
    assert error.value.refusal.code == "nothing_overdue"
    assert not Notice.objects.exists()
    entry = tell_arrears_to_partner(due_on=date(2025, 7, 25), **asked)
    notice = Notice.objects.get(occasion="arrears_told_to_partner")
    assert entry.article == notice.article == "hikari-line 47"
    assert notice.recipient == carrier()
    assert "3,300円" in notice.body


@pytest.mark.article("isp-access", "46")
def test_a_warrant_is_answered_without_consent_and_cannot_be_refused():
    contract = factories.contract("isp-access")
    warrant = {
        "ground": "warrant",
        "recipient": "authority",
        "name": "架空県警",
        "items": ["traffic_records"],
    }
    assert refused(contract, **warrant) == "no_reference"
    assert refused(contract, answer="refused", reason="面倒", reference="令和7年(る)1号", **warrant) == (
        "must_be_answered"
    )
    assert disclose(contract, reference="令和7年(る)1号", **warrant).article == "isp-access 46-2"


@pytest.mark.article("isp-access", "46")
def test_an_inquiry_is_decided_case_by_case_and_never_reaches_the_records_of_communications():
    contract = factories.contract("isp-access")
    inquiry = {"ground": "inquiry", "recipient": "authority", "name": "架空税務署", "reference": "第12号"}
    assert refused(contract, items=["name_and_address"], **inquiry) == "no_reason"
    assert refused(contract, items=["traffic_records"], reason="必要", **inquiry) == "beyond_ground"
    assert disclose(contract, items=["name_and_address"], reason="法令に基づく", **inquiry).answer == "given"
    declined = disclose(
        contract, items=["contact"], reason="必要性が示されていない", answer="refused", **inquiry
    )
    assert (declined.answer, declined.article) == ("refused", "isp-access 46-3")


@pytest.mark.article("statute", "刑事訴訟法218")
@pytest.mark.article("statute", "個人情報保護法27")
def test_a_document_that_says_nothing_leaves_the_law():
    contract = factories.contract("business-network")
    entry = disclose(
        contract, ground="warrant", recipient="court", name="架空地裁", items=["message"], reference="1号"
    )
    assert entry.article == "statute 刑事訴訟法218"
    own = {
        "ground": "own_consent",
        "recipient": "third_party",
        "name": "鑑定人",
        "items": ["contract_content"],
    }
    with pytest.raises(Refused):
        disclose(contract, **own)
    record_consents(
        contract=contract,
        by=factories.staff(),
        at=NOW,
        form=Request.Form.WRITTEN,
        codes=["third_party_provision"],
    )
    assert disclose(contract, **own).article == "statute 個人情報保護法27"
