"""期限の利益の喪失: what alone undoes it."""

import pytest
from django.core.exceptions import ValidationError
from django.db import ProgrammingError, transaction

from contracts.models import Acceleration
from contracts.services.withdraw_acceleration import withdraw_acceleration
from notices.models import Notice
from tests import factories
from tests.contracts.endings import DAY, accelerate
from workflow.errors import WrongState
from workflow.selectors import clock_user

pytestmark = pytest.mark.django_db


def test_a_recorded_reason_alone_undoes_it_and_the_record_stays():
    made = accelerate(factories.contract("business-network"))
    with pytest.raises(ValidationError):
        withdraw_acceleration(acceleration=made, by=clock_user(), on=DAY, reason="")
    withdraw_acceleration(acceleration=made, by=clock_user(), on=DAY, reason="申立ての取下げ")
    assert not made.stands
    assert Notice.objects.latest("id").occasion == "acceleration_withdrawn"
    with pytest.raises(WrongState):
        withdraw_acceleration(acceleration=made, by=clock_user(), on=DAY, reason="もう一度")
    for change in (
        lambda: Acceleration.objects.filter(pk=made.pk).update(withdrawn_on=None),
        lambda: Acceleration.objects.filter(pk=made.pk).delete(),
    ):
        with pytest.raises(ProgrammingError, match="pgtrigger"), transaction.atomic():
            change()
