"""Groups of lines on the staff pages."""

import pytest

from contracts.models import LineGroup, Product
from notices.models import Notice
from tests import factories
from tests.admin.pressing import buttons, done, errors, press
from tests.admin.world import TERMS, TODAY
from workflow.selectors import state_changes_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def formed(client) -> LineGroup:
    assert done(press(client, LineGroup, f"form-{TERMS}", plan="mini", **factories.ADDRESS))
    return LineGroup.objects.latest("id")


def line_of_menu_2():
    product = factories.product(TERMS, dwelling=Product.Dwelling.COLLECTIVE, item="1Gb/s")
    return factories.contract(TERMS, product=product)


def test_a_group_is_formed_filled_and_emptied_but_for_one_line(with_role):
    client = with_role("reception")
    group = formed(client)
    first, last = line_of_menu_2(), line_of_menu_2()
    assert errors(press(client, group, "join", group="C99999999"), "group")
    assert done(press(client, group, "join", group=first.number, consents="on"))
    assert errors(press(client, group, "join", group=first.number), "group")
    assert done(press(client, group, "join", group=last.number))
    member, other = group.members.all()
    assert done(press(client, group, "consent", member=other.pk))
    assert errors(press(client, group, "consent", member=member.pk), "member")
    assert done(press(client, group, "represent", member=member.pk))
    page = client.get(f"/staff/contracts/linegroup/{group.pk}/change/").content.decode()
    assert first.number in page
    assert last.number in page
    assert errors(press(client, group, "leave", member=member.pk), "reason")
    assert done(press(client, group, "leave", member=member.pk, reason="別棟と判明"))
    group.refresh_from_db()
    assert (group.single, group.told_on, group.representative) == (last, TODAY, None)
    assert Notice.objects.get(occasion="single_line").recipient == last.subscriber
    assert "join" not in buttons(client, group)
    assert state_changes_of(first).latest("id").reason == "別棟と判明"


def test_what_is_no_address_is_said_at_its_field(with_role):
    client = with_role("reception")
    wrong = factories.ADDRESS | {"postal_code": "12"}
    assert errors(press(client, LineGroup, f"form-{TERMS}", plan="mini", **wrong), "postal_code")
    assert errors(press(client, LineGroup, f"form-{TERMS}", plan="plan9", **factories.ADDRESS), "plan")
    assert not LineGroup.objects.exists()


def test_others_only_read_it(with_role):
    group = formed(with_role("reception"))
    assert buttons(with_role("billing"), group) == []
