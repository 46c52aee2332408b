"""Kept answers of writing calls are forgotten when nobody will send them again."""

from datetime import datetime, timedelta

import pytest

from lineinfo.limits import answers_kept
from lineinfo.models import KeptAnswer
from lineinfo.services.forget_answers import forget_answers
from tests.lineinfo.conftest import NOW, Customer

SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(("at", "left"), [(NOW - answers_kept(), 1), (NOW - answers_kept() - SECOND, 0)])
def test_an_answer_is_kept_for_its_time_and_no_longer(ours: Customer, at: datetime, left: int) -> None:
    KeptAnswer.objects.create(api_user=ours.user, key="a", digest="0" * 64, at=at)

    assert forget_answers(at=NOW) == 1 - left
    assert KeptAnswer.objects.count() == left
