"""Outages, interruptions and published versions."""

from datetime import timedelta

import pytest

from contracts.models import (
    Interruption,
    Outage,
    TermsVersion,
)
from terms.registry import registry
from tests import factories
from tests.admin.pressing import ask, buttons, done, errors, press
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


def test_times_of_an_outage_that_contradict_each_other_are_refused(with_role, contract):
    response = press(
        with_role("network"),
        contract.line,
        "record-outage",
        down=NOW,
        known=NOW - timedelta(hours=1),
        cause="not_customer",
    )
    assert errors(response)
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
    assert response.status_code == 200
    assert TERMS in str(response.context["form"].errors)
    assert not Interruption.objects.exists()


def test_only_those_who_may_publish_see_the_versions_that_are_not_published(root, with_role):
    assert ask(with_role("reception"), TermsVersion, "publish").status_code == 403
    offered = ask(root, TermsVersion, "publish").context["form"].fields["version"].choices
    assert f"{TERMS} {registry().latest(TERMS).effective}" in dict(offered)
    assert done(press(root, TermsVersion, "publish", version=offered[0][0]))
    assert TermsVersion.objects.count() == 1
    left = ask(root, TermsVersion, "publish").context["form"].fields["version"].choices
    assert len(left) == len(offered) - 1
