"""What staff do about how long data are kept."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from contracts.models import RetentionPeriod
from contracts.retention.registry import categories
from tests.admin.pressing import address, done, errors, press
from tests.admin.world import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def undecided(client: Client) -> list[str]:
    """The categories that the first page lists as without a period, each with its way to set one."""
    page = client.get(reverse("admin:index")).content.decode()
    return re.findall(rf'<a href="{address(RetentionPeriod, "set")}" class="cell-link">([^<]+)</a>', page)


def test_the_first_page_lists_what_is_never_erased_until_its_period_is_set(with_role, root):
    assert undecided(with_role("audit")) == []
    assert undecided(root) == [str(category.label) for category in categories() if category.pieces]

    for category in categories():
        days = max(category.least_days, 400)
        data = {
            "category": category.code,
            "days": days,
            "starts_on": TODAY + timedelta(days=1),
            "reason": "決定",
        }
        assert done(press(root, RetentionPeriod, "set", **data))

    assert undecided(root) == []


def test_books_are_kept_as_long_as_the_law_demands(root):
    category = next(found for found in categories() if found.least_days)
    data = {"category": category.code, "starts_on": TODAY + timedelta(days=1), "reason": "決定"}

    assert str(category.least_days) in errors(
        press(root, RetentionPeriod, "set", days=category.least_days - 1, **data), "days"
    )
    assert not RetentionPeriod.objects.exists()


def test_a_period_is_called_by_its_name_and_not_by_the_code_of_its_category(root):
    category = categories()[0]
    data = {"category": category.code, "days": max(category.least_days, 400), "reason": "決定"}
    assert done(press(root, RetentionPeriod, "set", starts_on=TODAY + timedelta(days=1), **data))
    assert str(RetentionPeriod.objects.get()).startswith(str(category.label))
