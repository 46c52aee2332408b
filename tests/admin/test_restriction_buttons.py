"""Restrictions, breaches of duty and priority lines, from the pages of staff."""

from datetime import timedelta

import pytest

from contracts.models import ContentMeasure, Restriction, Suspension, Violation
from tests import factories
from tests.admin.pressing import buttons, done, errors, press
from tests.admin.world import NOW, TERMS, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_a_restriction_is_declared_and_lifted(with_role, contract):
    client = with_role("network")
    data = {"ground": "emergency", "reason": "台風", "starts_at": NOW + timedelta(hours=1)}
    assert errors(press(client, Restriction, f"declare-{TERMS}", **(data | {"starts_at": NOW})), "starts_at")
    assert errors(press(client, Restriction, f"declare-{TERMS}", **data, numbers="L99999999"), "numbers")
    assert done(press(client, Restriction, f"declare-{TERMS}", **data, numbers=contract.line.number))
    restriction = Restriction.objects.get()
    assert list(restriction.lines.all()) == [contract.line]
    assert done(press(client, restriction, "lift", reason="復旧した"))
    assert "lift" not in buttons(client, restriction)


def test_callers_who_were_not_told_are_named_at_their_field(root):
    response = press(
        root, Restriction, "declare-hikari-phone", ground="weather_warning", reason="警報", starts_at=NOW
    )
    assert "hikari-phone 30" in errors(response, "callers_told_at")


def test_a_line_is_agreed_to_be_one_of_a_priority_body(with_role, contract):
    assert done(press(with_role("network"), contract.line, "agree-priority", body="fire", reason="協議"))
    contract.line.refresh_from_db()
    assert (contract.line.priority_body, contract.line.repair_rank) == ("fire", 1)


def test_a_breach_is_recorded_sanctioned_and_cured(with_role, contract):
    client = with_role("credit_control")
    data = {"happened_on": TODAY, "reported_by": "監視担当", "evidence": "記録のとおり"}
    assert errors(press(client, contract, "record-violation", duty="no_whistling", **data), "duty")
    tomorrow = data | {"happened_on": TODAY + timedelta(days=1)}
    assert errors(
        press(client, contract, "record-violation", duty="no_obstruction", **tomorrow), "happened_on"
    )
    assert done(press(client, contract, "record-violation", duty="no_obstruction", **data))
    violation = Violation.objects.get()
    assert {"suspend", "end", "measure", "cure", "dismiss"} <= set(buttons(client, violation))
    dates = {"starts_on": TODAY + timedelta(days=5), "through": TODAY + timedelta(days=9)}
    assert errors(press(client, violation, "suspend", ground="unpaid", reason="違反", **dates), "ground")
    assert done(press(client, violation, "suspend", ground="breach_of_duties", reason="違反", **dates))
    later = TODAY + timedelta(days=30)
    assert done(press(client, violation, "claim-damage", amount=5000, pay_by=later))
    assert done(press(client, violation, "cure", reason="撤去した"))
    assert Suspension.objects.get().state == Suspension.State.WITHDRAWN
    assert not {"suspend", "cure", "dismiss"} & set(buttons(client, violation))


def test_content_is_acted_on_without_notice_where_the_document_says_so(with_role):
    client = with_role("credit_control")
    contract = factories.contract("business-network")
    data = {"happened_on": TODAY, "reported_by": "被害者", "evidence": "記事", "claimant": "被害者"}
    assert done(press(client, contract, "record-violation", duty="stalking", **data))
    violation = Violation.objects.get()
    assert "announce-measure" not in buttons(client, violation)
    assert done(press(client, violation, "measure", kind="hide", content="記事12", reason="違反"))
    assert ContentMeasure.objects.get().kind == "hide"
