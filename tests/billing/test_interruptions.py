"""What a long interruption gives back: the days of 24 hours in which nobody could use the line."""

from datetime import date, timedelta

import pytest

from contracts.models import Contract
from contracts.services.announce_interruption import announce_interruption
from contracts.services.record_interruption_times import record_interruption_times
from contracts.services.record_outage import record_outage
from tests import factories
from tests.billing import things

MAY, JUNE = date(2025, 5, 1), date(2025, 6, 1)
STARTS = factories.at(date(2025, 6, 11), 1)
HOUR = timedelta(hours=1)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _standing(db):
    things.standing()


def interrupted(contract: Contract, *, hours: int) -> Contract:
    """Announced for four hours, and over after ``hours``."""
    window = announce_interruption(
        by=factories.staff(),
        at=factories.at(date(2025, 6, 2)),
        terms_code=contract.terms_code,
        title="設備メンテナンス",
        ground="maintenance",
        starts_at=STARTS,
        ends_at=STARTS + 4 * HOUR,
        lines=[contract.line],
    )
    ended = STARTS + hours * HOUR
    record_interruption_times(
        interruption=window, by=factories.staff("network"), at=ended, began=STARTS, ended=ended
    )
    return contract


def credited(contract: Contract) -> list[int]:
    for month in (MAY, JUNE):
        things.bill(month)
    return [charge.amount for charge in contract.charges.filter(kind="outage_credit")]


@pytest.mark.article("isp-access", "29")
@pytest.mark.parametrize(("hours", "credits"), [(4, []), (23, []), (24, [-200]), (50, [-400])])
def test_an_interruption_gives_back_its_full_days_as_any_other_outage_that_is_not_the_subscribers(
    hours, credits
):
    assert credited(interrupted(things.contract("isp-access", 6000), hours=hours)) == credits


@pytest.mark.article("hikari-line", "38")
def test_it_gives_nothing_back_where_the_document_gives_nothing(db):
    assert credited(interrupted(things.contract("hikari-line", 6000), hours=50)) == []


@pytest.mark.article("isp-access", "29")
def test_the_24_hours_run_on_in_the_fault_that_followed():
    contract = things.contract("isp-access", 6000)
    interrupted(contract, hours=20)
    down = STARTS + 20 * HOUR
    record_outage(
        line=contract.line, by=factories.staff("desk"), down=down, known=down, restored=down + 5 * HOUR
    )
    assert credited(contract) == [-200]
