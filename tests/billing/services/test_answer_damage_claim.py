"""What a subscriber is owed for a damage beyond outages: a consumer up to a month's fee, others nothing (isp-access 40)."""

import pytest

from billing.models import DamageClaim
from billing.services.answer_damage_claim import answer_damage_claim, pay_damage_claim, refuse_damage_claim
from contracts.models import Contract
from notices.models import Notice
from tests import factories
from tests.billing import things
from tests.billing.damages import AT, TODAY, person, received
from workflow.errors import NotPermitted, WrongState
from workflow.models import Approval
from workflow.selectors import state_changes_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _standing(db):
    things.standing()


def answered(claim: DamageClaim) -> tuple[str, int]:
    answer_damage_claim(claim=claim, by=things.people()[1], at=AT)
    return claim.state, claim.amount


def company() -> Contract:
    return things.contract("isp-access", 6000, subscriber=factories.subscriber(kind="corporation"))


@pytest.mark.article("isp-access", "40")
@pytest.mark.parametrize(
    ("loss", "gross", "owed"), [(50000, False, 6000), (5000, False, 5000), (50000, True, 50000)]
)
def test_a_consumer_is_owed_the_loss_up_to_a_months_fee_and_all_of_it_for_gross_negligence(loss, gross, owed):
    claim = received(person(), loss, gross_negligence=gross)
    assert (claim.state, claim.amount, claim.article) == ("open", owed, "isp-access 40")
    assert not Notice.objects.filter(occasion="damage_claim_answered").exists()
    assert answered(claim) == ("granted", owed)
    notice = Notice.objects.get(occasion="damage_claim_answered")
    assert (notice.recipient, notice.article, notice.facts["amount"]) == (
        claim.contract.subscriber,
        "isp-access 40",
        owed,
    )
    assert ("上限なし" if gross else "利用料1か月分") in notice.body.replace("\n", "").replace("　", "")


@pytest.mark.article("isp-access", "40")
def test_nobody_but_a_consumer_is_owed_anything_beyond_outages():
    claim = received(company(), gross_negligence=False)
    assert answered(claim) == ("refused", 0)
    assert "責任を負わない" in Notice.objects.get(occasion="damage_claim_answered").facts["reason"]


def test_a_second_person_answers_and_what_was_granted_is_paid_once():
    first, second = things.people()
    claim = received(person())
    assert Approval.objects.get().proposed_at == AT
    with pytest.raises(NotPermitted):
        answer_damage_claim(claim=claim, by=first, at=AT)
    with pytest.raises(WrongState):
        pay_damage_claim(claim=claim, by=second, on=TODAY, reason="振込")
    answered(claim)
    pay_damage_claim(claim=claim, by=first, on=TODAY, reason="7月10日に振込")
    assert (claim.state, claim.closed_on, claim.outcome) == ("paid", TODAY, "7月10日に振込")
    assert [change.transition for change in state_changes_of(claim).order_by("pk")] == [
        "receive",
        "grant",
        "pay",
    ]
    with pytest.raises(WrongState):
        pay_damage_claim(claim=claim, by=first, on=TODAY, reason="振込")


def test_a_damage_that_is_not_proved_is_refused_with_the_reason_told():
    first, second = things.people()
    claim = received(person())
    with pytest.raises(NotPermitted):
        refuse_damage_claim(claim=claim, by=first, at=AT, reason="なし")
    refuse_damage_claim(claim=claim, by=second, at=AT, reason="工事の前からの傷であったため")
    assert (claim.state, claim.amount, claim.closed_on) == ("refused", 0, TODAY)
    notice = Notice.objects.get(occasion="damage_claim_answered")
    assert (notice.facts["amount"], notice.facts["reason"]) == (0, "工事の前からの傷であったため")
