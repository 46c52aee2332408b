"""What a subscriber is owed for a damage beyond outages: a consumer up to a month's fee, others nothing (isp-access 40)."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from billing.models import DamageClaim
from billing.services.answer_damage_claim import answer_damage_claim, pay_damage_claim, refuse_damage_claim
from billing.services.receive_damage_claim import receive_damage_claim
from contracts.models import Contract
from notices.models import Notice
from tests import factories
from tests.billing import things
from workflow.errors import NotPermitted, Refused, WrongState
from workflow.models import Approval
from workflow.selectors import state_changes_of

JUNE, DAY, TODAY = date(2025, 6, 1), date(2025, 6, 10), date(2025, 7, 10)
AT = factories.at(TODAY)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _standing(db):
    things.standing()


def received(contract: Contract, loss: int = 50000, **fields: Any) -> DamageClaim:
    values = {
        "by": things.people()[0],
        "at": AT,
        "happened_on": DAY,
        "what": "工事の際に書棚を壊された",
        "loss": loss,
    }
    return receive_damage_claim(contract=contract, **(values | fields))


def answered(claim: DamageClaim) -> tuple[str, int]:
    answer_damage_claim(claim=claim, by=things.people()[1], at=AT)
    return claim.state, claim.amount


def company() -> Contract:
    return things.contract("isp-access", 6000, subscriber=factories.subscriber(kind="corporation"))


def person(**fields: Any) -> Contract:
    return things.contract("isp-access", 6000, subscriber=factories.subscriber(kind="person"), **fields)


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


@pytest.mark.article("isp-access", "40")
def test_the_fee_is_that_charged_for_the_day_or_else_the_price_of_the_day():
    contract = person()
    things.bill(JUNE)
    contract.product.tariffs.get().prices.update(amount=9999)
    assert received(contract).fee == 6000
    assert received(contract, happened_on=date(2025, 7, 5)).fee == 9999


def test_a_service_whose_fee_nobody_set_has_no_limit_to_work_out_yet():
    with pytest.raises(ValidationError, match="料金|fee"):
        received(factories.contract("isp-access"))
    assert not DamageClaim.objects.exists()


@pytest.mark.parametrize("terms_code", ["hikari-line", "hikari-phone", "business-network"])
def test_a_document_without_such_a_clause_takes_no_claim(terms_code):
    with pytest.raises(Refused) as refused:
        received(things.contract(terms_code))
    assert refused.value.refusal.code == "no_damages"


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"loss": 0}, "loss"),
        ({"happened_on": TODAY + timedelta(days=1)}, "happened_on"),
        ({"happened_on": date(2025, 3, 31)}, "happened_on"),
        ({"what": " "}, "what"),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_nothing_is_kept(fields, field):
    with pytest.raises(ValidationError) as error:
        received(person(), **fields)
    assert set(error.value.message_dict) == {field}
    assert (DamageClaim.objects.count(), Approval.objects.count()) == (0, 0)


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
