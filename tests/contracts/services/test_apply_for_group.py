"""The representative of a group of plan 2 applies for its lines at once (hikari-line 5)."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from contracts.models import Contract, LineGroup, Product, Request, Subscriber
from contracts.services.apply_for_group import NewLine, apply_for_group
from tests import factories
from tests.contracts.grouping import DAY, MENU_2, TERMS, accept, group
from workflow.errors import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _published():
    factories.publish_all()
    factories.serve(TERMS)
    with translation.override("en"):
        yield


def lines(count: int) -> list[NewLine]:
    return [
        NewLine(subscriber=factories.subscriber(kind="corporation"), building=f"光マンション{101 + place}")
        for place in range(count)
    ]


def applied(named: LineGroup, wanted: list[NewLine], product: Product | None = None) -> list[Request]:
    return apply_for_group(
        group=named, product=product or factories.product(TERMS, **MENU_2), lines=wanted, form=factories.asked_form(TERMS),
        by=factories.staff(), at=factories.at(DAY),
    )  # fmt: skip


@pytest.mark.article("hikari-line", "5")
def test_the_representative_applies_for_the_sixteen_lines_of_plan_2_at_once():
    named, wanted = group("plan2"), lines(16)
    made = applied(named, wanted)
    named.refresh_from_db()
    first, *others = made
    assert named.representative == first.contract
    assert {request.represented_by for request in others} == {wanted[0].subscriber}
    assert [request.subscriber for request in made] == [line.subscriber for line in wanted]
    assert [request.contract.line.building for request in made] == [line.building for line in wanted]
    assert named.members.filter(consented_on=DAY).count() == 16
    assert {accept(request).state for request in made} == {Contract.State.ACCEPTED}


@pytest.mark.article("hikari-line", "5")
def test_fewer_lines_than_the_plan_asks_for_are_refused_at_once_and_nothing_is_kept():
    named = group("plan2")
    with pytest.raises(Refused, match="15 lines") as refused:
        applied(named, lines(15))
    assert (str(refused.value.refusal.article), refused.value.refusal.code) == ("hikari-line 5", "no_group")
    named.refresh_from_db()
    assert named.representative is None
    assert not Request.objects.exists()


@pytest.mark.article("hikari-line", "5")
def test_further_lines_of_the_group_are_applied_for_by_the_same_representative():
    named = group("plan2")
    first = applied(named, lines(16))[0]
    further = applied(LineGroup.objects.get(pk=named.pk), lines(1))
    assert [request.represented_by for request in further] == [first.subscriber]


@pytest.mark.article("hikari-line", "5")
@pytest.mark.parametrize("plan", ["mini", "plan1", ""])
def test_where_the_plan_has_no_representative_each_applies_for_itself(plan):
    with pytest.raises(Refused, match="asks for itself"):
        applied(group(plan), lines(8))
    assert not Request.objects.exists()


def test_what_is_wrong_with_one_line_is_said_with_its_subscriber_and_nothing_is_kept():
    named, wanted = group("plan2"), lines(16)
    with pytest.raises(ValidationError) as error:
        applied(named, [*wanted[:15], NewLine(subscriber=wanted[15].subscriber, building="x" * 200)])
    assert wanted[15].subscriber.number in error.value.message_dict["lines"][0]
    with pytest.raises(ValidationError) as error:
        applied(named, [])
    assert set(error.value.message_dict) == {"lines"}
    assert (Request.objects.count(), Contract.objects.count()) == (0, 0)
    assert Subscriber.objects.filter(pk=wanted[0].subscriber.pk).exists()
