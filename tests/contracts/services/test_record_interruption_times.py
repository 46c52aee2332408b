"""When an announced interruption really took place, and the outages that follow from it."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from contracts.models import Contract, Interruption, Outage
from contracts.services.announce_interruption import announce_interruption
from contracts.services.record_interruption_times import record_interruption_times
from tests import factories

pytestmark = pytest.mark.django_db

DAY, NIGHT = date(2025, 8, 1), date(2025, 8, 10)
STARTS = factories.at(NIGHT, 1)
HOUR = timedelta(hours=1)


def announced(*contracts: Contract) -> Interruption:
    return announce_interruption(
        by=factories.staff(),
        at=factories.at(DAY),
        terms_code=contracts[0].terms_code,
        title="設備メンテナンスのお知らせ",
        ground="maintenance",
        starts_at=STARTS,
        ends_at=STARTS + 4 * HOUR,
        lines=[contract.line for contract in contracts],
    )


def record(interruption: Interruption, **fields: Any) -> int:
    values = {"at": STARTS + 40 * HOUR, "began": STARTS + HOUR, "ended": STARTS + 31 * HOUR}
    return record_interruption_times(interruption=interruption, by=factories.staff(), **(values | fields))


@pytest.mark.article("isp-access", "22")
@pytest.mark.parametrize("terms_code", ["isp-access", "hikari-phone", "business-network"])
def test_each_line_that_could_not_be_used_had_an_outage_of_that_time(terms_code):
    contracts = [factories.contract(terms_code) for _ in range(2)]
    interruption = announced(*contracts)
    assert record(interruption) == 2
    interruption.refresh_from_db()
    assert interruption.lasted == (STARTS + HOUR, STARTS + 31 * HOUR)
    assert {
        (outage.line, outage.down, outage.known, outage.restored, outage.cause, outage.operator_fault)
        for outage in interruption.outages.all()
    } == {
        (each.line, STARTS + HOUR, STARTS + HOUR, STARTS + 31 * HOUR, "not_customer", False)
        for each in contracts
    }


def test_lines_that_stayed_in_use_had_none():
    interruption = announced(factories.contract())
    assert record(interruption, unusable=False) == 0
    assert not Outage.objects.exists()
    interruption.refresh_from_db()
    assert interruption.ended == STARTS + 31 * HOUR


def test_a_document_that_gives_nothing_back_needs_no_outage():
    assert record(announced(factories.contract("hikari-line"))) == 0
    assert not Outage.objects.exists()


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"ended": STARTS + HOUR}, "ended_after_it_began"),
        ({"at": STARTS + 30 * HOUR}, None),
    ],
)
def test_times_that_contradict_each_other_or_lie_ahead_change_nothing(fields, code):
    interruption = announced(factories.contract())
    with pytest.raises(ValidationError) as error:
        record(interruption, **fields)
    assert [each.code for errors in error.value.error_dict.values() for each in errors] == [code]
    interruption.refresh_from_db()
    assert interruption.began is None
    assert not Outage.objects.exists()


def test_the_times_are_recorded_once():
    interruption = announced(factories.contract())
    record(interruption)
    with pytest.raises(ValidationError):
        record(interruption, ended=STARTS + 35 * HOUR)
    assert Outage.objects.get().restored == STARTS + 31 * HOUR
