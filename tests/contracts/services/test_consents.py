"""Consents: given under a version, in a form, by somebody; withdrawn where they stand on their own."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from contracts.consents import COMBINED_BILLING, consent_for, latest_check, missing_consents
from contracts.guards.application import refusal_grounds
from contracts.models import AntiSocialCheck, Consent, Contract, Request
from contracts.services.check_anti_social import check_anti_social
from contracts.services.record_consents import record_consents
from contracts.services.review_request import application_facts, review_request
from contracts.services.withdraw_consent import withdraw_consent
from tests import factories
from workflow.errors import Refused

pytestmark = pytest.mark.django_db

DAY = date(2025, 8, 1)
NOW = factories.at(DAY)


@pytest.mark.parametrize(
    "terms_code",
    [
        pytest.param(
            "hikari-line",
            marks=[pytest.mark.article("hikari-line", number) for number in ("46", "47", "57", "58")],
        ),
        pytest.param(
            "hikari-phone", marks=[pytest.mark.article("hikari-phone", number) for number in ("6", "56")]
        ),
        pytest.param("isp-access", marks=[pytest.mark.article("isp-access", "46")]),
        "business-network",
    ],
)
def test_every_consent_that_goes_with_the_contract_is_missing_until_it_is_recorded(terms_code: str):
    contract, clerk = factories.contract(terms_code), factories.staff()
    asked = [clause.code for clause in contract.pack(DAY).consents if not clause.separate]
    assert [clause.code for clause in missing_consents(contract, DAY)] == asked
    made = record_consents(contract=contract, by=clerk, at=NOW, form=Request.Form.WRITTEN)
    assert [consent.code for consent in made] == asked
    assert missing_consents(contract, DAY) == []
    assert missing_consents(contract, date(2025, 7, 31)) != [], "a day earlier it was not given"
    consent = made[0]
    assert (consent.terms_code, consent.effective) == (terms_code, contract.pack(DAY).effective)
    assert (consent.given_by, consent.form, consent.recorded_by) == (
        contract.subscriber.name,
        "written",
        clerk,
    )
    assert record_consents(contract=contract, by=clerk, at=NOW, form=Request.Form.WRITTEN) == []


@pytest.mark.article("hikari-line", "通則6")
def test_two_months_are_billed_together_only_with_a_consent_of_its_own_which_can_be_withdrawn():
    contract, clerk = factories.contract("hikari-line"), factories.staff()
    record_consents(contract=contract, by=clerk, at=NOW, form=Request.Form.WRITTEN)
    assert consent_for(contract, COMBINED_BILLING) is None
    (consent,) = record_consents(
        contract=contract,
        by=clerk,
        at=NOW,
        form=Request.Form.WEB,
        codes=[COMBINED_BILLING],
        given_by="経理部長",
    )
    assert consent_for(contract, COMBINED_BILLING) == consent
    assert (consent.given_by, consent.article) == ("経理部長", "hikari-line 通則6")
    withdraw_consent(consent=consent, by=clerk, at=factories.at(date(2025, 9, 1)), reason="毎月払いにする")
    assert consent_for(contract, COMBINED_BILLING) is None
    assert consent_for(contract, COMBINED_BILLING, on=date(2025, 8, 31)) == consent
    with pytest.raises(ValidationError):
        withdraw_consent(consent=consent, by=clerk, at=factories.at(date(2025, 9, 2)))


@pytest.mark.article("hikari-line", "57")
def test_a_consent_that_is_part_of_the_contract_is_not_withdrawn():
    contract, clerk = factories.contract("hikari-line"), factories.staff()
    record_consents(contract=contract, by=clerk, at=NOW, form=Request.Form.WRITTEN)
    with pytest.raises(Refused) as refused:
        withdraw_consent(consent=Consent.objects.get(code="identity_to_partners"), by=clerk, at=NOW)
    assert str(refused.value.refusal.article) == "hikari-line 57-1"
    assert not Consent.objects.filter(withdrawn_at__isnull=False).exists()


def test_a_consent_that_no_document_has_is_a_mistake_at_its_field():
    contract = factories.contract("isp-access")
    with pytest.raises(ValidationError) as error:
        record_consents(
            contract=contract, by=factories.staff(), at=NOW, form=Request.Form.WEB, codes=["no_such_consent"]
        )
    assert "codes" in error.value.message_dict


def test_a_consent_of_the_one_before_does_not_bind_whoever_takes_over_the_contract():
    contract = factories.contract("hikari-line")
    record_consents(contract=contract, by=factories.staff(), at=NOW, form=Request.Form.WRITTEN)
    contract.subscriber = factories.subscriber()
    contract.save()
    assert consent_for(contract, "identity_to_partners") is None


def test_what_was_given_cannot_be_rewritten():
    contract = factories.contract("isp-access")
    record_consents(contract=contract, by=factories.staff(), at=NOW, form=Request.Form.WEB)
    consent = Consent.objects.earliest("id")
    with pytest.raises(DatabaseError), transaction.atomic():
        Consent.objects.filter(pk=consent.pk).update(given_by="somebody else")
    with pytest.raises(DatabaseError), transaction.atomic():
        consent.delete()


def _applied(terms_code: str) -> Contract:
    return factories.contract(terms_code, state=Contract.State.APPLIED)


@pytest.mark.parametrize(
    ("terms_code", "ground"),
    [
        pytest.param("hikari-phone", "anti_social", marks=pytest.mark.article("hikari-phone", "50")),
        pytest.param("isp-access", "anti_social", marks=pytest.mark.article("isp-access", "17")),
        pytest.param("business-network", "anti_social", marks=pytest.mark.article("business-network", "29")),
        ("hikari-line", "unsuitable"),
    ],
)
@pytest.mark.article("statute", "暴力団排除条例")
def test_what_a_check_found_speaks_against_the_application(terms_code: str, ground: str):
    contract, clerk = _applied(terms_code), factories.staff()
    factories.serve(terms_code)
    request = Request.objects.create(
        kind=Request.Kind.NEW,
        subscriber=contract.subscriber,
        terms_code=terms_code,
        contract=contract,
        state=Request.State.RECEIVED,
        received_at=NOW,
        details={},
    )
    assert latest_check(contract.subscriber) is None
    check_anti_social(
        subscriber=contract.subscriber, by=clerk, on=DAY, method="database", result="found", note="一致1件"
    )
    codes = [refusal.code for refusal in review_request(request=request, by=clerk, on=DAY)]
    assert ground in codes
    assert ground in [listed.code for listed in refusal_grounds(contract.pack(DAY))]
    check_anti_social(
        subscriber=contract.subscriber, by=clerk, on=DAY, method="police", result="clear", note="別人"
    )
    assert not application_facts(contract).anti_social, "the last check counts"


def test_a_check_is_final():
    check = check_anti_social(
        subscriber=factories.subscriber(), by=factories.staff(), on=DAY, method="news", result="clear"
    )
    with pytest.raises(DatabaseError), transaction.atomic():
        AntiSocialCheck.objects.filter(pk=check.pk).update(result="found")
    with pytest.raises(ValidationError):
        check_anti_social(
            subscriber=check.subscriber, by=check.by, on=DAY, method="guesswork", result="clear"
        )
