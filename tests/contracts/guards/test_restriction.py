"""When use may be restricted, and whose lines stay."""

from datetime import date, timedelta
from typing import Any

import pytest

from contracts.guards.restriction import RestrictionFacts, may_restrict, priority_bodies
from terms.registry import registry
from tests import factories

STARTS = factories.at(date(2025, 8, 10), 1)
LAW = registry().latest("statute")


def answer(code: str, ground: str, **fields: Any) -> str | None:
    values: dict[str, Any] = {"declared_at": STARTS - timedelta(hours=1), "starts_at": STARTS}
    found = may_restrict(registry().latest(code), RestrictionFacts(ground=ground, **(values | fields)))
    return found.code if found else None


@pytest.mark.article("isp-access", "26")
def test_a_ground_about_single_users_names_their_lines():
    assert answer("isp-access", "excessive_load") == "no_lines"
    assert answer("isp-access", "excessive_load", named_lines=True) is None
    assert answer("isp-access", "whim") == "no_such_ground"


@pytest.mark.article("hikari-phone", "30")
@pytest.mark.parametrize(
    ("told_at", "code"),
    [(None, "callers_not_told"), (STARTS + timedelta(seconds=1), "callers_not_told"), (STARTS, None)],
)
def test_those_on_the_line_are_told_before_their_calls_are_cut(told_at, code):
    assert answer("hikari-phone", "weather_warning", callers_told_at=told_at) == code


@pytest.mark.article("hikari-line", "36")
def test_what_interrupts_the_use_is_announced_as_an_interruption_is():
    assert answer("hikari-line", "emergency") is None
    assert answer("hikari-line", "emergency", declared_at=STARTS) == "not_announced_first"
    assert answer("hikari-line", "emergency", declared_at=STARTS, urgent=True) is None
    assert answer("hikari-line", "congestion", declared_at=STARTS) is None


def test_a_document_without_restrictions_refuses_them():
    assert answer("line-info-api", "emergency") == "no_restriction"


@pytest.mark.parametrize(("code", "source"), [("hikari-line", "hikari-line"), ("isp-access", "statute")])
def test_the_bodies_whose_lines_stay_are_the_documents_or_else_the_laws(code, source):
    assert {body.article.pack for body in priority_bodies(registry().latest(code), LAW)} == {source}
