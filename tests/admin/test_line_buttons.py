"""Outages, interruptions and published versions."""

from datetime import timedelta

import pytest
from django.urls import reverse

from contracts.models import (
    Interruption,
    Outage,
    TermsVersion,
)
from contracts.services.announce_interruption import announce_interruption
from terms.registry import registry
from tests import factories
from tests.admin.pressing import ask, buttons, done, errors, press, text
from tests.admin.world import NOW, TERMS, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_an_outage_is_recorded_from_its_line_and_ended(with_role, contract):
    client = with_role("network")
    down, known = NOW - timedelta(hours=6), NOW - timedelta(hours=5)
    assert done(press(client, contract.line, "record-outage", down=down, known=known, cause="not_customer"))
    outage = Outage.objects.get()
    assert errors(press(client, contract.line, "record-outage", down=down, known=known, cause="not_customer"))
    assert done(press(client, outage, "restore", restored=NOW, cause="not_customer"))
    outage.refresh_from_db()
    assert outage.restored == NOW
    assert "restore" not in buttons(client, outage)


def test_before_it_is_recorded_it_is_said_whether_the_document_gives_anything_back(with_role):
    client = with_role("network")
    for terms_code, said in (("isp-access", "次の請求で減額します"), ("hikari-line", "減額を定めていません")):
        contract = factories.contract(terms_code)
        assert said in text(ask(client, contract.line, "record-outage").content.decode())


def test_times_of_an_outage_that_contradict_each_other_are_refused(with_role, contract):
    response = press(
        with_role("network"),
        contract.line,
        "record-outage",
        down=NOW,
        known=NOW - timedelta(hours=1),
        cause="not_customer",
    )
    assert errors(response, "known")
    assert not Outage.objects.exists()


def test_an_interruption_is_announced_to_the_lines_of_an_exchange(with_role):
    contract = factories.contract(TERMS, line=factories.line(TERMS, host_exchange="霞が関"))
    factories.contract(TERMS, line=factories.line(TERMS, host_exchange="新橋"))
    client = with_role("network")
    ground = contract.pack(TODAY).interruption.grounds[0].code
    data = {
        "title": "保守工事",
        "ground": ground,
        "starts_at": NOW + timedelta(days=5),
        "ends_at": NOW + timedelta(days=5, hours=2),
    }
    assert errors(press(client, Interruption, f"announce-{TERMS}", **data), "numbers")
    assert errors(press(client, Interruption, f"announce-{TERMS}", numbers="L99999999", **data), "numbers")
    assert done(press(client, Interruption, f"announce-{TERMS}", host_exchange="霞が関", **data))
    assert list(Interruption.objects.get().lines.all()) == [contract.line]


def test_an_interruption_that_is_not_announced_beforehand_is_refused_with_its_article(with_role, contract):
    ground = contract.pack(TODAY).interruption.grounds[0].code
    response = press(
        with_role("network"), Interruption, f"announce-{TERMS}",
        title="保守工事", ground=ground, starts_at=NOW - timedelta(hours=1), ends_at=NOW + timedelta(hours=1),
        numbers=contract.line.number,
    )  # fmt: skip
    assert f"{TERMS} 33" in errors(response, "starts_at")
    assert not Interruption.objects.exists()


def test_what_is_wrong_with_an_interruption_is_said_where_it_was_entered(with_role, contract):
    client, ground = with_role("network"), contract.pack(TODAY).interruption.grounds[0].code
    elsewhere = factories.contract("isp-access").line
    data = {
        "title": "保守工事",
        "ground": ground,
        "starts_at": NOW + timedelta(days=5),
        "ends_at": NOW + timedelta(days=5, hours=2),
        "numbers": contract.line.number,
    }
    for field, wrong in {
        "ends_at": {"ends_at": NOW + timedelta(days=5)},
        "urgent_reason": {"urgent": "on"},
        "numbers": {"numbers": elsewhere.number},
    }.items():
        assert errors(press(client, Interruption, f"announce-{TERMS}", **(data | wrong)), field)
    assert not Interruption.objects.exists()


def test_when_an_interruption_took_place_is_recorded_and_its_outages_stand_below_it(with_role, interrupted):
    client = with_role("network")
    assert interrupted.title in client.get(reverse("admin:index")).content.decode()
    data = {"began": NOW - timedelta(hours=40), "ended": NOW - timedelta(hours=10), "unusable": "on"}
    too_late = data | {"ended": NOW + timedelta(hours=1)}
    assert errors(press(client, interrupted, "record-times", **too_late), "ended")
    backwards = data | {"began": NOW - timedelta(hours=5)}
    assert errors(press(client, interrupted, "record-times", **backwards), "ended")
    assert done(press(client, interrupted, "record-times", **data))
    [outage] = Outage.objects.all()
    assert (outage.interruption, outage.restored) == (interrupted, NOW - timedelta(hours=10))
    page = client.get(reverse("admin:contracts_interruption_change", args=[interrupted.pk])).content.decode()
    assert outage.line.number in page
    assert "record-times" not in buttons(client, interrupted)
    assert interrupted.title not in client.get(reverse("admin:index")).content.decode()
    assert done(client.get(reverse("admin:contracts_outage_change", args=[outage.pk])))


@pytest.fixture
def interrupted():
    """An interruption of one line under a document that gives something back; it was to end the day before."""
    contract = factories.contract("isp-access")
    return announce_interruption(
        by=factories.staff(),
        at=NOW - timedelta(days=5),
        terms_code="isp-access",
        title="設備の更改",
        ground="maintenance",
        starts_at=NOW - timedelta(hours=40),
        ends_at=NOW - timedelta(hours=36),
        lines=[contract.line],
    )


def test_only_those_who_may_publish_see_the_versions_that_are_not_published(root, with_role):
    assert ask(with_role("reception"), TermsVersion, "publish").status_code == 403
    offered = ask(root, TermsVersion, "publish").context["form"].fields["version"].choices
    assert f"{TERMS} {registry().latest(TERMS).effective}" in dict(offered)
    assert done(press(root, TermsVersion, "publish", version=offered[0][0]))
    assert TermsVersion.objects.count() == 1
    left = ask(root, TermsVersion, "publish").context["form"].fields["version"].choices
    assert len(left) == len(offered) - 1
