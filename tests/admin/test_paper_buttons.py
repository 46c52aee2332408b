"""What staff do with consents, disclosures and checks."""

from datetime import timedelta

import pytest
from django.urls import reverse

from contracts.models import AntiSocialCheck, Consent, Disclosure, IndividualAgreement
from tests.admin.pressing import ask, buttons, done, errors, press, text
from tests.admin.world import NOW, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_reception_records_the_missing_consents_and_withdraws_one_of_its_own(with_role, contract):
    client = with_role("reception")
    form = ask(client, contract, "consent").context["form"]
    missing = form.fields["codes"].initial
    assert missing
    assert "combined_later_payment" not in missing
    given = {"codes": [*missing, "combined_later_payment"], "form": "written", "given_by": "", "at": NOW}
    assert done(press(client, contract, "consent", **given))
    assert Consent.objects.count() == len(missing) + 1
    assert "withdraw" not in buttons(client, Consent.objects.get(code=missing[0]))
    consent = Consent.objects.get(code="combined_later_payment")
    assert done(press(client, consent, "withdraw", reason="毎月払いにする"))
    consent.refresh_from_db()
    assert consent.withdrawn_at is not None


def test_a_disclosure_without_consent_is_refused_at_its_field_and_leaves_nothing(with_role, contract):
    client = with_role("reception")
    asked = {
        "ground": "inquiry",
        "answer": "given",
        "recipient": "authority",
        "name": "架空税務署",
        "items": ["name_and_address"],
        "reference": "第3号",
        "reason": "法令に基づく",
    }
    assert "57-6" in errors(press(client, contract, "disclose", **asked), "ground")
    assert errors(press(client, contract, "disclose", **(asked | {"reference": ""})), "reference")
    assert not Disclosure.objects.exists()
    assert done(press(client, contract, "disclose", **(asked | {"ground": "warrant"})))
    assert Disclosure.objects.get().article == "hikari-line 57-6"


def test_what_a_check_found_leads_to_the_proposal_of_an_ending(with_role, contract):
    client = with_role("credit_control")
    contract.terms_code = "hikari-phone"
    contract.save()
    found = {"on": TODAY, "method": "police", "result": "found", "note": "照会回答"}
    assert done(press(client, contract.subscriber, "check-anti-social", **found))
    check = AntiSocialCheck.objects.get()
    page = client.get(reverse("admin:contracts_antisocialcheck_change", args=[check.pk])).content.decode()
    assert f"/contract/{contract.pk}/do/end/?ground=anti_social" in page
    assert "50" in text(page)


def test_an_agreement_is_typed_as_in_the_file_of_the_document_and_shown_on_its_page(with_role, contract):
    client = with_role("reception")
    asked = {"since": TODAY, "form": "written", "evidence": "覚書 第1号", "prices": ""}
    wrong = press(client, contract, "agree", tables="[late_interest]\nannual_rat = 1", **asked)
    assert "annual_rat" in errors(wrong, "tables")
    assert errors(press(client, contract, "agree", tables="late interest", **asked), "tables")
    assert done(press(client, contract, "agree", tables='[late_interest]\nannual_rate = "0.05"', **asked))
    agreement = IndividualAgreement.objects.get()
    page = client.get(reverse("admin:contracts_contract_change", args=[contract.pk])).content.decode()
    assert "late_interest.annual_rate = 0.05" in page
    assert done(press(client, agreement, "end", until=TODAY))
    agreement.refresh_from_db()
    assert agreement.until == TODAY


def test_what_is_wrong_with_an_agreement_is_said_at_its_field_in_words(with_role, contract):
    client = with_role("reception")
    data = {"since": TODAY, "form": "written", "evidence": "覚書 第3号"}
    toml = '[late_interest]\nannual_rate = "0.05"'
    unreadable = errors(press(client, contract, "agree", **data, tables="x"), "tables")
    assert "1行目「x」は読み取れません" in unreadable
    assert "Expected" not in unreadable
    wrong = errors(
        press(client, contract, "agree", **data, tables='[late_interest]\nannual_rate = "x"'), "tables"
    )
    assert "late_interest.annual_rate" in wrong
    assert "individual agreement of" not in wrong
    backwards = data | {"until": TODAY - timedelta(days=1)}
    assert errors(press(client, contract, "agree", **backwards, tables=toml), "until")
    assert not IndividualAgreement.objects.exists()
    assert "border" in ask(client, contract, "agree").context["form"].fields["tables"].widget.attrs["class"]
