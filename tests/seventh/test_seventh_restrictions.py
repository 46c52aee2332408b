"""Restrictions, breaches and the end of the service under the document that is one TOML file."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from contracts.models import Contract
from contracts.selectors import restricted_lines
from contracts.services.agree_priority import agree_priority
from contracts.services.announce_discontinuation import announce_discontinuation
from contracts.services.cancel_course import record_partner_cancellation
from contracts.services.carry_out_day import carry_out_day
from contracts.services.change_number import announce_number_change
from contracts.services.declare_restriction import declare_restriction
from contracts.services.plan_discontinuation import plan_discontinuation
from contracts.services.record_violation import record_violation
from contracts.services.take_content_measure import take_content_measure
from notices.models import Notice
from terms.registry import registry
from tests import factories
from workflow.errors import Refused

pytestmark = pytest.mark.django_db

SEVENTH = "seventh"
DAY = date(2025, 8, 1)
NOW = factories.at(DAY)


@pytest.fixture(autouse=True)
def _seventh(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TERMS_PACKS_DIR", str(Path(__file__).parent / "packs"))
    registry.cache_clear()
    yield
    monkeypatch.undo()
    registry.cache_clear()


def test_in_a_flood_only_libraries_stay():
    ordinary, library = (factories.contract(SEVENTH).line for _ in range(2))
    agree_priority(line=library, by=factories.staff(), on=DAY, body="library", reason="協議")
    restriction = declare_restriction(
        by=factories.staff(), at=NOW, terms_code=SEVENTH, ground="flood", reason="洪水", starts_at=NOW
    )
    assert list(restricted_lines(restriction)) == [ordinary]
    assert restriction.bodies == ["library"]


def test_its_own_duty_is_breached_and_its_own_measure_needs_notice():
    contract = factories.contract(SEVENTH)
    violation = record_violation(
        contract=contract,
        by=factories.staff(),
        on=DAY,
        duty="no_noise",
        happened_on=DAY,
        reported_by="隣人",
        evidence="録音",
        other_user="来客",
    )
    assert violation.answers_article == "seventh 11-5"
    with pytest.raises(Refused) as refused:
        take_content_measure(
            violation=violation, by=factories.staff(), at=NOW, kind="hide", content="録音", reason="騒音"
        )
    assert (refused.value.refusal.code, str(refused.value.refusal.article)) == ("no_notice", "seventh 11-4")


def test_its_courses_and_numbers_change_by_its_own_articles():
    partner = factories.partner()
    course = factories.product(SEVENTH, partner=partner, becomes=factories.product(SEVENTH))
    contract = factories.contract(SEVENTH, product=course, partner=partner)
    record_partner_cancellation(
        contract=contract, by=factories.staff(), on=DAY, effective_on=DAY, reference="1"
    )
    change = announce_number_change(
        line=contract.line, by=factories.staff(), on=DAY, effective_on=DAY + timedelta(days=3), reason="移設"
    )
    assert change.article == "seventh 11-6"
    carry_out_day(on=DAY)
    contract.refresh_from_db()
    assert (contract.product, contract.partner) == (course.becomes, None)


def test_its_service_ends_after_its_own_two_months():
    contract = factories.contract(SEVENTH)
    plan = {"by": factories.staff(), "on": DAY, "terms_code": SEVENTH, "reason": "老朽化"}
    with pytest.raises(Refused) as refused:
        announce_discontinuation(
            discontinuation=plan_discontinuation(**plan, last_day=date(2025, 10, 1)),
            by=factories.staff(),
            at=NOW,
        )
    assert refused.value.refusal.code == "too_early"
    announce_discontinuation(
        discontinuation=plan_discontinuation(**plan, last_day=date(2025, 10, 2)), by=factories.staff(), at=NOW
    )
    factories.dispatched(Notice.objects.get(occasion="discontinuation_announced"), DAY)
    carry_out_day(on=date(2025, 10, 3))
    contract.refresh_from_db()
    assert contract.state == Contract.State.ENDED
