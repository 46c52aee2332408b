"""Groups of lines on the staff pages."""

from datetime import timedelta

import pytest

from contracts.models import LineGroup, Product, Request, ServiceArea
from notices.models import Notice
from tests import factories
from tests.admin.pressing import ask, buttons, done, errors, press
from tests.admin.world import TERMS, TODAY
from tests.billing import things
from workflow.selectors import state_changes_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def formed(client) -> LineGroup:
    assert done(press(client, LineGroup, f"form-{TERMS}", plan="mini", grade="1-1", **factories.ADDRESS))
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
    assert errors(press(client, LineGroup, f"form-{TERMS}", plan="mini", grade="1-1", **wrong), "postal_code")
    assert errors(
        press(client, LineGroup, f"form-{TERMS}", plan="plan9", grade="1-1", **factories.ADDRESS), "plan"
    )
    assert not LineGroup.objects.exists()


def test_others_only_read_it(with_role):
    group = formed(with_role("reception"))
    assert buttons(with_role("billing"), group) == []


def test_the_representative_asks_for_another_item_for_every_line(with_role):
    client = with_role("reception")
    group = formed(client)
    assert "ask-item" not in buttons(client, group)
    LineGroup.objects.filter(pk=group.pk).update(plan="plan2")
    first, other = line_of_menu_2(), line_of_menu_2()
    for contract in (first, other):
        assert done(press(client, group, "join", group=contract.number, consents="on"))
    assert done(press(client, group, "represent", member=group.members.first().pk))
    product = factories.product(TERMS, dwelling=Product.Dwelling.COLLECTIVE, item="200Mb/s")
    asked = {"wished_on": TODAY, "form": "written"}
    assert errors(press(client, group, "ask-item", product="", **asked), "product")
    assert done(press(client, group, "ask-item", product=product.pk, **asked))
    assert first.requests.get().represented_by == other.requests.get().represented_by == first.subscriber


def test_the_representative_applies_for_all_lines_of_plan_2(with_role):
    client = with_role("reception")
    group = formed(client)
    assert "apply" not in buttons(client, group)
    LineGroup.objects.filter(pk=group.pk).update(plan="plan2")
    product = factories.product(TERMS, dwelling=Product.Dwelling.COLLECTIVE, item="1Gb/s")
    people = [factories.subscriber(kind="corporation") for _ in range(16)]
    rows = [f"{person.number} 光マンション{101 + place}" for place, person in enumerate(people)]
    asked = {"product": product.pk, "consents": "on", "form": "written", "lines": "\n".join(rows)}
    assert "A999" in errors(press(client, group, "apply", **asked | {"lines": "A999 101"}), "lines")
    assert "hikari-line 5" in errors(press(client, group, "apply", **asked | {"lines": rows[0]}), "lines")
    assert errors(press(client, group, "apply", **asked | {"consents": ""}), "consents")
    assert not Request.objects.exists()
    assert "hikari-line 6" in errors(press(client, group, "apply", **asked, _preview="1"), "__all__")
    factories.publish_all()
    things.standing()
    things.tariff(product, 4000)
    ServiceArea.objects.create(terms_code=TERMS, prefecture=factories.ADDRESS["prefecture"])
    page = press(client, group, "apply", **asked, _preview="1").content.decode()
    assert "毎月（変更後）" in page
    assert page.count("¥4,000") == 16
    assert page.count(people[-1].name) > 1  # Among the costs, too.
    assert not Request.objects.exists()
    assert done(press(client, group, "apply", **asked))
    group.refresh_from_db()
    assert group.representative.subscriber == people[0]
    assert Request.objects.filter(represented_by=people[0]).count() == 15
    assert group.representative.line.building == "光マンション101"


def test_only_what_is_given_in_groups_of_that_grade_is_offered(with_role):
    client = with_role("reception")
    group = formed(client)
    LineGroup.objects.filter(pk=group.pk).update(plan="plan2", grade="2")
    for item in ("100Mb/s", "1Gb/s", "10Gb/s"):
        factories.product(TERMS, dwelling=Product.Dwelling.COLLECTIVE, item=item, name=f"集合 {item}")
    page = ask(client, group, "apply").content.decode()
    assert "集合 100Mb/s" in page
    assert "集合 1Gb/s" not in page  # Not over lines of grade 2.
    assert "集合 10Gb/s" not in page  # No plan has it.


def test_the_grade_of_a_group_changes_once_its_members_were_told(with_role, clock):
    client, first = with_role("reception"), TODAY + timedelta(days=30)
    group = formed(client)
    assert not {"regrade", "announce-regrade"} & set(buttons(client, group))
    LineGroup.objects.filter(pk=group.pk).update(grade="2")
    product = factories.product(TERMS, dwelling=Product.Dwelling.COLLECTIVE, item="100Mb/s")
    contract = factories.contract(TERMS, product=product)
    assert done(press(client, group, "join", group=contract.number))
    asked = {"grade": "1-2", "effective_on": first, "reason": "設備の更新のため"}
    assert errors(
        press(client, group, "announce-regrade", **(asked | {"effective_on": TODAY})), "effective_on"
    )
    assert done(press(client, group, "announce-regrade", **asked))
    clock.move_to(factories.at(first))
    assert "hikari-line 5" in errors(press(client, group, "regrade", grade="1-2", on=first), "on")
    factories.dispatched(Notice.objects.get(occasion="grade_changed"), TODAY)
    assert done(press(client, group, "regrade", grade="1-2", on=first))
    group.refresh_from_db()
    assert group.grade == "1-2"
