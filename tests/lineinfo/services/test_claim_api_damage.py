"""Damage is claimed from the contractor."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from billing.models import Charge, Invoice
from lineinfo.models import ApiBreach, ApiDamageClaim
from lineinfo.services.claim_api_damage import claim_api_damage
from notices.selectors import notices_about
from tests.lineinfo.breaches import breach
from tests.lineinfo.conftest import API, NOW, TODAY, Customer
from workflow.errors import Refused
from workflow.models import User

PAY_BY = TODAY + timedelta(days=30)


@pytest.mark.article(API, "20")
def test_damage_by_intent_or_negligence_is_claimed_from_the_contractor_and_never_invoiced(
    ours: Customer, by: User
) -> None:
    found = breach(ours, by, api_user=ours.user)

    claim = claim_api_damage(
        contract=ours.api,
        by=by,
        at=NOW,
        fault="negligence",
        happened="設備の復旧費用",
        amount=120_000,
        pay_by=PAY_BY,
        breach=found,
    )

    found.refresh_from_db()
    assert (claim.article, found.state) == (f"{API} 20-1", ApiBreach.State.ACTED_ON)
    body = notices_about(claim, "api_damage_claimed").get().body
    for said in ("過失", "120,000", "2025年10月31日"):
        assert said in body
    assert not Charge.objects.exists()
    assert not Invoice.objects.exists()


@pytest.mark.article(API, "20")
def test_without_fault_nothing_is_claimed(ours: Customer, by: User) -> None:
    details = {"contract": ours.api, "by": by, "at": NOW, "happened": "落雷", "amount": 1, "pay_by": PAY_BY}
    with pytest.raises(Refused) as refused:
        claim_api_damage(**details, fault="none")
    assert str(refused.value.refusal.article) == f"{API} 20-1"
    for wrong in ({"amount": 0}, {"pay_by": TODAY}):
        with pytest.raises(ValidationError):
            claim_api_damage(**(details | wrong), fault="intent")

    assert not ApiDamageClaim.objects.exists()
