"""The partitions of the days to come are there before anything is delivered."""

from datetime import timedelta

import pytest

from lineinfo.models import MeasurementDay
from lineinfo.services.make_days import make_days
from tests.lineinfo.conftest import TODAY


@pytest.mark.django_db
def test_the_day_itself_and_a_week_ahead_are_made_once() -> None:
    for _night in range(2):
        make_days(on=TODAY)
        made = MeasurementDay.objects.order_by("day").values_list("day", flat=True)
        assert list(made) == [TODAY + timedelta(days=ahead) for ahead in range(8)]
