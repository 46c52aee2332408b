"""From an unpaid debt to a suspension and the ending: hikari-line 34 and 24, hikari-phone 27 and 20, isp-access 23 and 16,
business-network 10."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from terms.errors import FactsError
from terms.registry import registry
from terms.rules.arrears import Arrears, ArrearsFacts, ArrearsPolicy, Step, arrears
from tests.terms.apply import day

POLICY = ArrearsPolicy(
    reminder_after=5,
    suspension_notice_after=15,
    suspension_notice_days=10,
    ending_notice_after=30,
    ending_notice_days=14,
    minimum=1000,
)
UNPAID = ArrearsFacts(on=day("2025-05-31"), owed=5000, policy=POLICY, due=day("2025-05-31"))
SUSPENDING = ["hikari-line", "hikari-phone", "isp-access"]


def step(code: Any = "isp-access", *, on: Any, **facts: Any) -> Step:
    return arrears(registry().latest(code).rule(Arrears), replace(UNPAID, on=day(on), **facts))


def test_a_debt_is_not_overdue_on_its_due_date():
    assert (step(on="2025-05-31").kind, step(on="2025-05-31").reason) == ("nothing", "not_due")


def test_a_reminder_goes_out_once_the_operators_days_have_passed():
    assert (step(on="2025-06-04").kind, step(on="2025-06-04").on) == ("nothing", day("2025-06-05"))
    assert step(on="2025-06-05").kind == "reminder"
    assert step(on="2025-06-06", reminded_on=day("2025-06-05")).reason == "waiting"


def test_a_reminder_of_an_older_debt_does_not_count_for_this_one():
    assert step(on="2025-06-05", reminded_on=day("2025-05-31")).kind == "reminder"


@pytest.mark.article("hikari-line", "34")
@pytest.mark.article("hikari-phone", "27")
@pytest.mark.article("isp-access", "23")
@pytest.mark.parametrize(("code", "notice"), list(zip(SUSPENDING, ["34-2", "27-2", "23-2"], strict=True)))
def test_a_suspension_is_announced_beforehand_with_its_day(code, notice):
    found = step(code, on="2025-06-15", reminded_on=day("2025-06-05"))
    assert (found.kind, found.article.number, found.on) == ("suspension_notice", notice, day("2025-06-25"))
    assert step(code, on="2025-06-14", reminded_on=day("2025-06-05")).kind == "nothing"


@pytest.mark.article("hikari-line", "34")
@pytest.mark.article("hikari-phone", "27")
@pytest.mark.article("isp-access", "23")
@pytest.mark.parametrize(
    ("code", "ground"), list(zip(SUSPENDING, ["34-1(1)", "27-1(1)", "23-1(1)"], strict=True))
)
def test_a_suspension_takes_place_on_the_announced_day_and_not_before(code, ground):
    noticed = {
        "reminded_on": day("2025-06-05"),
        "suspension_notice_on": day("2025-06-15"),
        "suspends_on": day("2025-06-27"),
    }
    assert (step(code, on="2025-06-26", **noticed).kind, step(code, on="2025-06-26", **noticed).on) == (
        "nothing",
        day("2025-06-27"),
    )
    found = step(code, on="2025-06-27", **noticed)
    assert (found.kind, found.article.number) == ("suspend", ground)


@pytest.mark.article("isp-access", "23")
def test_a_notice_must_have_been_out_for_its_days_whatever_day_it_names():
    noticed = {
        "reminded_on": day("2025-06-05"),
        "suspension_notice_on": day("2025-06-20"),
        "suspends_on": day("2025-06-21"),
    }
    assert step(on="2025-06-29", **noticed).kind == "nothing"
    assert step(on="2025-06-30", **noticed).kind == "suspend"


@pytest.mark.article("isp-access", "23")
def test_a_notice_given_before_this_debt_was_due_is_given_again():
    noticed = {
        "reminded_on": day("2025-06-05"),
        "suspension_notice_on": day("2025-05-20"),
        "suspends_on": day("2025-05-30"),
    }
    assert step(on="2025-06-20", **noticed).kind == "suspension_notice"


@pytest.mark.article("hikari-line", "34")
@pytest.mark.article("hikari-phone", "27")
@pytest.mark.article("isp-access", "23")
@pytest.mark.parametrize("code", SUSPENDING)
def test_payment_stops_everything_and_lifts_a_suspension_in_force(code):
    noticed = {"reminded_on": day("2025-06-05"), "suspension_notice_on": day("2025-06-15")}
    assert step(code, on="2025-06-27", owed=0, due=None, **noticed).kind == "nothing"
    assert (
        step(code, on="2025-06-27", owed=0, due=None, suspended_since=day("2025-06-25"), **noticed).kind
        == "lift"
    )


def test_nobody_is_suspended_for_a_disputed_debt_or_a_trifle():
    noticed = {"reminded_on": day("2025-06-05"), "suspension_notice_on": day("2025-06-15")}
    assert step(on="2025-07-30", disputed=True, **noticed).reason == "disputed"
    assert step(on="2025-07-30", disputed=True).reason == "disputed"
    assert step(on="2025-07-30", owed=999, **noticed).reason == "too_small"
    assert step(on="2025-07-30", owed=1000, **noticed).kind == "suspend"
    assert step(on="2025-07-30", owed=999).kind == "reminder"


@pytest.mark.article("hikari-line", "24")
@pytest.mark.article("hikari-phone", "20")
@pytest.mark.article("isp-access", "16")
@pytest.mark.parametrize(
    ("code", "notice", "ending"),
    [
        ("hikari-line", "24-4", "24-1(1)"),
        ("hikari-phone", "20-6", "20-1(1)"),
        ("isp-access", "16-2", "16-1(1)"),
    ],
)
def test_an_uncured_suspension_leads_to_the_ending_after_notice(code, notice, ending):
    suspended = {"suspended_since": day("2025-06-25")}
    assert step(code, on="2025-07-24", **suspended).kind == "nothing"
    told = step(code, on="2025-07-25", **suspended)
    assert (told.kind, told.article.number, told.on) == ("ending_notice", notice, day("2025-08-08"))
    announced = {**suspended, "ending_notice_on": day("2025-07-25"), "ends_on": day("2025-08-10")}
    assert step(code, on="2025-08-09", **announced).kind == "nothing"
    found = step(code, on="2025-08-10", **announced)
    assert (found.kind, found.article.number) == ("ending", ending)


def test_an_ending_notice_of_an_earlier_suspension_does_not_count():
    assert (
        step(on="2025-07-25", suspended_since=day("2025-06-25"), ending_notice_on=day("2025-06-01")).kind
        == "ending_notice"
    )


@pytest.mark.article("business-network", "10")
def test_business_network_ends_after_a_demand_without_suspending():
    assert step("business-network", on="2025-06-05").kind == "reminder"
    reminded = {"reminded_on": day("2025-06-05")}
    assert step("business-network", on="2025-07-04", **reminded).kind == "nothing"
    demand = step("business-network", on="2025-07-05", **reminded)
    assert (demand.kind, demand.article.number) == ("ending_notice", "10-1(7)")
    demanded = {**reminded, "ending_notice_on": day("2025-07-05")}
    assert step("business-network", on="2025-07-18", **demanded).kind == "nothing"
    assert step("business-network", on="2025-07-19", **demanded).kind == "ending"
    assert step("business-network", on="2025-07-19", owed=0, due=None, **demanded).kind == "nothing"


@pytest.mark.article("line-info-api", "19")
def test_a_free_service_has_no_arrears():
    assert not registry().latest("line-info-api").has(Arrears)


def test_a_notice_on_the_day_of_the_step_itself_is_no_policy():
    with pytest.raises(FactsError, match="suspension_notice_days"):
        replace(POLICY, suspension_notice_days=0)
    with pytest.raises(FactsError, match="ending_notice_days"):
        replace(POLICY, ending_notice_days=0)


def test_a_debt_without_a_due_date_is_refused():
    with pytest.raises(FactsError, match="the day it was due"):
        replace(UNPAID, due=None)


@pytest.mark.parametrize("code", [*SUSPENDING, "business-network"])
def test_night_by_night_every_step_comes_once_in_order_and_each_notice_precedes_its_step(code):
    facts, steps = UNPAID, []
    for night in range(200):
        facts = replace(facts, on=UNPAID.on + timedelta(night))
        found = arrears(registry().latest(code).rule(Arrears), facts)
        if found.kind == "nothing":
            continue
        steps.append(found.kind)
        if found.kind == "reminder":
            facts = replace(facts, reminded_on=facts.on)
        elif found.kind == "suspension_notice":
            facts = replace(facts, suspension_notice_on=facts.on, suspends_on=found.on)
        elif found.kind == "suspend":
            facts = replace(facts, suspended_since=facts.on)
        elif found.kind == "ending_notice":
            facts = replace(facts, ending_notice_on=facts.on, ends_on=found.on)
        else:
            break
    suspending = ["suspension_notice", "suspend"] if code in SUSPENDING else []
    assert steps == ["reminder", *suspending, "ending_notice", "ending"]


def test_a_notice_of_one_day_is_beforehand_enough():
    assert replace(POLICY, suspension_notice_days=1, ending_notice_days=1).ending_notice_days == 1


def test_an_ending_notice_sent_on_the_first_day_of_the_suspension_counts():
    found = step(on="2025-07-25", suspended_since=day("2025-06-25"), ending_notice_on=day("2025-06-25"))
    assert found.kind == "ending"


def test_what_falls_due_later_may_follow_the_day_after_it():
    assert step(on="2025-05-30").on == day("2025-06-01")
