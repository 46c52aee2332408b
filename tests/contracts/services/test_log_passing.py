"""What passes to or from a partner by itself is in the log, once for each contract, as far as the document lets it."""

from datetime import date

import pytest

from contracts.models import Disclosure, Partner
from contracts.services.log_passing import log_passing
from tests import factories
from tests.contracts.services.test_disclosures import agreed, carrier
from workflow.errors import Refused

pytestmark = pytest.mark.django_db

AT = factories.at(date(2025, 8, 1))


def passed(*contracts, event: str, item: Disclosure.Item, partner: Partner, **more) -> list[Disclosure]:
    return log_passing(
        contracts=contracts,
        event=event,
        item=item,
        partner=partner,
        reference="collect-1",
        by=factories.staff(),
        at=AT,
        **more,
    )


@pytest.mark.article("hikari-line", "60")
def test_each_contract_has_its_entry_and_one_whose_document_has_no_such_ground_has_none():
    first, second = factories.contract("hikari-line"), factories.contract("hikari-line")
    elsewhere = factories.contract("isp-access")
    entries = passed(
        first,
        elsewhere,
        second,
        event="listed_for_partner",
        item=Disclosure.Item.BILLING_DATA,
        partner=carrier(),
    )
    assert [(entry.contract, entry.article, entry.answer) for entry in entries] == [
        (first, "hikari-line 60-1", "given"),
        (second, "hikari-line 60-1", "given"),
    ]
    assert not elsewhere.disclosures.exists()


@pytest.mark.article("hikari-line", "57")
def test_without_the_consent_of_one_nothing_is_logged_of_any():
    told = {
        "event": "assigned_claim_paid",
        "item": Disclosure.Item.PAYMENT_STATUS,
        "partner": carrier(Partner.Role.BILLING_OPERATOR),
        "answer": Disclosure.Answer.RECEIVED,
    }
    consenting = agreed("hikari-line")
    with pytest.raises(Refused):
        passed(consenting, factories.contract("hikari-line"), **told)
    assert not Disclosure.objects.exists()
    (entry,) = passed(consenting, **told)
    assert (entry.article, entry.answer, entry.items) == ("hikari-line 57-4", "received", ["payment_status"])


@pytest.mark.article("hikari-line", "60")
def test_nothing_but_what_the_ground_covers_passes():
    with pytest.raises(Refused) as refused:
        passed(
            factories.contract("hikari-line"),
            event="listed_for_partner",
            item=Disclosure.Item.NAME_AND_ADDRESS,
            partner=carrier(),
        )
    assert refused.value.refusal.code == "beyond_ground"
