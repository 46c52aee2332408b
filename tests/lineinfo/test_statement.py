from datetime import date

import pytest
from django.db import connection
from django.db.models import DateField, Q, QuerySet
from django.test.utils import CaptureQueriesContext

from lineinfo.models import TargetService
from lineinfo.statement import Given, Statement
from tests import factories
from tests.lineinfo.conftest import API, TARGET

JULY, AUGUST = date(2025, 7, 1), date(2025, 8, 1)
pytestmark = pytest.mark.django_db


def test_a_query_is_written_once_and_answers_for_each_value_given() -> None:
    for since in (JULY, AUGUST):
        TargetService.objects.create(terms_code=API, product=factories.product(TARGET), since=since)
    built = []

    def in_force() -> QuerySet[TargetService, tuple[date]]:
        built.append(True)
        on = Given("on", DateField())
        targets = TargetService.objects.filter(
            Q(until__isnull=True) | Q(until__gte=on), terms_code=API, since__lte=on
        )
        return targets.order_by("-since").values_list("since")

    statement = Statement(in_force)
    with CaptureQueriesContext(connection) as queries:
        found = [statement.rows(on=date(2025, month, 15)) for month in (6, 7, 8)]

    assert found == [[], [(JULY,)], [(AUGUST,), (JULY,)]]
    assert (len(built), len(queries)) == (1, 3)


def test_a_value_that_was_not_given_is_an_error() -> None:
    statement = Statement(
        lambda: TargetService.objects.filter(since=Given("on", DateField())).values_list("pk")
    )

    with pytest.raises(KeyError, match="on"):
        statement.rows(day=JULY)
