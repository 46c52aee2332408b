"""A customer of the portal, for a real browser. The clock runs; the contract and its invoice are of 2025."""

from datetime import date

import pytest
from django.core.cache import cache
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from billing.models import Invoice
from lineinfo.models import TargetService
from tests import factories
from tests.billing import things
from tests.portal.customers import PASSWORD, Customer, customer


@pytest.fixture
def aoba(transactional_db: None, live_server: LiveServer) -> Customer:
    """A corporation with a contract, billed for October 2025."""
    cache.clear()
    factories.publish_all()
    things.standing()
    target = factories.product("hikari-line", name="Nライン 1Gb/s")
    TargetService.objects.create(terms_code="line-info-api", product=target, since=date(2025, 7, 1))
    made = customer("aoba", target)
    things.bill(date(2025, 10, 1))
    made.invoice = Invoice.objects.get(terms_code="isp-access")
    return made


@pytest.fixture
def signed_in(page: Page, aoba: Customer) -> Page:
    """The browser after signing in by hand."""
    page.goto("/")
    page.get_by_label("ユーザー名またはメールアドレス").fill("aoba")
    page.get_by_label("パスワード").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="ログイン").click()
    page.get_by_role("heading", name="株式会社aoba 御中").wait_for()
    return page
