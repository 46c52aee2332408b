"""A proposal that has no state of its own shows what a second person decided on it, and why."""

import re
from datetime import date

import pytest
from django.urls import reverse

from billing.models import MovedFirstDay
from billing.services.move_first_day import approve_move, move_first_day, reject_move
from tests.admin.day import NOW, TERMS
from tests.billing import things

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

WHY_NOT = "周知の期間が足りないため"


@pytest.fixture
def moves() -> list[MovedFirstDay]:
    """One that waits, one that was turned down and one that was agreed to."""
    things.standing()
    first, second = things.people()
    made = [
        move_first_day(terms_code=TERMS, since=since, reason="請求処理の分散", by=first, at=NOW)
        for since in (date(2026, 8, 11), date(2026, 7, 11), date(2026, 6, 11))
    ]
    reject_move(move=made[1], by=second, at=NOW, reason=WHY_NOT)
    approve_move(move=made[2], by=second, at=NOW)
    return made


def test_the_list_tells_what_waits_from_what_was_turned_down(moves, signed_in, chief):
    page = signed_in(chief).get(reverse("admin:billing_movedfirstday_changelist")).content.decode()
    assert sorted(re.findall(r'class="badge[^>]*>([^<]+)<', page)) == ["却下", "承認", "承認待ち"]


def test_the_page_names_who_decided_and_why(moves, signed_in, chief):
    page = signed_in(chief).get(reverse("admin:billing_movedfirstday_change", args=[moves[1].pk])).content
    assert WHY_NOT in page.decode()
    assert str(things.people()[1]) in page.decode()
