"""The facts of an outage: when the line went down, when the operator knew, when it was back."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from contracts.models import Outage
from contracts.services.record_outage import record_outage
from contracts.services.restore_outage import restore_outage
from tests import factories

pytestmark = pytest.mark.django_db

DOWN = factories.at(date(2025, 8, 1), 3)
KNOWN = DOWN + timedelta(hours=2)


def record(**fields: Any) -> Any:
    values: dict[str, Any] = {
        "line": fields.pop("line", None) or factories.line(),
        "by": factories.staff(),
        "down": DOWN,
        "known": KNOWN,
    }
    return record_outage(**(values | fields))


@pytest.mark.article("line-info-api", "15")
def test_an_outage_goes_on_until_its_end_is_recorded():
    outage = record()
    assert outage.restored is None
    by = factories.staff()
    restore_outage(
        outage=outage,
        by=by,
        restored=KNOWN + timedelta(hours=25),
        cause=Outage.Cause.CUSTOMER,
        note="宅内機器の故障",
    )
    found = Outage.objects.get()
    assert (found.restored, found.cause, found.restored_by) == (
        KNOWN + timedelta(hours=25),
        "customer",
        by,
    )
    with pytest.raises(ValidationError):
        restore_outage(outage=outage, by=by, restored=KNOWN + timedelta(hours=30))


def test_a_line_that_is_down_does_not_go_down_again():
    line = factories.line()
    record(line=line)
    with pytest.raises(ValidationError) as error:
        record(line=line)
    assert "line" in error.value.message_dict
    assert Outage.objects.count() == 1


def test_the_operator_did_not_know_before_the_line_went_down():
    with pytest.raises(ValidationError):
        record(known=DOWN - timedelta(minutes=1))
    with pytest.raises(ValidationError):
        record(restored=DOWN)
    assert not Outage.objects.exists()


def test_gross_negligence_is_the_operators_fault():
    assert record(cause=Outage.Cause.GROSS_NEGLIGENCE).operator_fault is True
    assert record().operator_fault is False
