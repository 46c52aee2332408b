"""What was damaged by a breach is paid for."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from contracts.models import Violation
from contracts.services.claim_damage import claim_damage
from notices.models import Notice
from terms.registry import registry
from tests import factories
from tests.contracts.breaches import DAY, breach
from workflow.errors import Refused

pytestmark = pytest.mark.django_db


@pytest.mark.article("hikari-line", "54")
@pytest.mark.article("isp-access", "42")
def test_what_was_damaged_by_the_breach_is_paid_for_by_the_day_set():
    violation = breach("hikari-line", "no_tampering")
    pay_by = DAY + timedelta(days=30)
    claim_damage(violation=violation, by=factories.staff(), on=DAY, amount=12000, pay_by=pay_by)
    notice = Notice.objects.get(occasion="damage_claimed")
    assert (notice.facts["amount"], notice.facts["pay_by"]) == (12000, pay_by.isoformat())
    with pytest.raises(ValidationError) as error:
        claim_damage(violation=violation, by=factories.staff(), on=DAY, amount=0, pay_by=DAY)
    assert set(error.value.message_dict) == {"amount", "pay_by"}
    with pytest.raises(ValidationError):  # its day is over, so it is billed
        claim_damage(
            violation=violation,
            by=factories.staff(),
            on=pay_by + timedelta(days=1),
            amount=13000,
            pay_by=pay_by + timedelta(days=20),
        )
    assert Violation.objects.get().cost == 12000


@pytest.mark.parametrize(("terms_code", "duty"), [("isp-access", "entry"), ("business-network", "unlawful")])
def test_no_cost_is_claimed_where_the_document_has_nobody_pay_for_the_breach(terms_code, duty):
    codes = [each.code for each in registry().latest(terms_code).duties]
    violation = breach(terms_code, duty if duty in codes else codes[0])
    with pytest.raises(Refused):
        claim_damage(
            violation=violation, by=factories.staff(), on=DAY, amount=100, pay_by=DAY + timedelta(days=9)
        )
    assert not Notice.objects.filter(occasion="damage_claimed").exists()
