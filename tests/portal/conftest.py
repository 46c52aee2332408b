"""Two customers who have one of everything, and the clock on 20 November 2025, 10:00 in Japan."""

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from django.core.cache import cache

from billing.models import Invoice
from lineinfo.models import TargetService
from tests import factories
from tests.billing import things
from tests.more_packs import packs as packs
from tests.portal.customers import TODAY, Customer, customer


@pytest.fixture
def clock(db: None) -> Iterator[time_machine.Traveller]:
    """The time of the test, which stands until the test moves it."""
    with time_machine.travel(factories.at(TODAY), tick=False) as traveller:
        cache.clear()
        yield traveller


@pytest.fixture
def both(clock: time_machine.Traveller) -> tuple[Customer, Customer]:
    """Two customers, billed for October."""
    factories.publish_all()
    things.standing()
    target = factories.product("hikari-line", name="Nライン 1Gb/s")
    TargetService.objects.create(terms_code="line-info-api", product=target, since=date(2025, 7, 1))
    customers = (customer("aoba", target), customer("midori", target))
    things.bill(date(2025, 10, 1))
    for one in customers:
        one.invoice = Invoice.objects.get(
            account__subscriber=one.subscriber, terms_code="isp-access", month=date(2025, 10, 1)
        )
    return customers


@pytest.fixture
def aoba(both: tuple[Customer, Customer]) -> Customer:
    """The customer who looks."""
    return both[0]


@pytest.fixture
def midori(both: tuple[Customer, Customer]) -> Customer:
    """Somebody else."""
    return both[1]
