"""The staff side in a real browser: its scripts run under the policy it is served with, on a desk and on a phone."""

import re

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.cached_db import SessionStore
from playwright.sync_api import FilePayload, Page, expect
from pytest_django.live_server_helper import LiveServer

from contracts.models import Contract, Work
from tests import factories
from tests.admin.world import TERMS
from workflow.models import User

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DESK, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}


@pytest.fixture
def running(transactional_db: None) -> Contract:
    """A running contract."""
    return factories.contract(TERMS)


@pytest.fixture
def staff(page: Page, live_server: LiveServer, transactional_db: None) -> Page:
    """The browser of somebody who may do everything."""
    user = User.objects.create(username="chief", last_name="管理者", is_staff=True, is_superuser=True)
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": str(session.session_key), "url": live_server.url}]
    )
    return page


def _fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["desk", "phone"])
def test_a_work_is_previewed_and_planned(staff: Page, running: Contract, screen: dict[str, int]):
    staff.set_viewport_size(screen)
    staff.goto(f"/staff/contracts/contract/{running.pk}/change/")
    assert _fits(staff)
    staff.get_by_role("link", name="工事を予定する").click()
    staff.locator("#id_kind").select_option("repair")
    staff.locator("#id_planned_at").fill("2027-04-01T10:00")
    staff.get_by_role("button", name="実行前に内容を確認する").click()
    expect(staff.locator(".staff-preview")).to_contain_text("2027年4月1日 10時00分")
    assert not Work.objects.exists()
    assert _fits(staff)
    staff.get_by_role("button", name="工事を予定する").click()
    expect(staff).to_have_url(re.compile("/staff/contracts/work/"))
    assert Work.objects.get().contract == running
    assert _fits(staff)


@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["desk", "phone"])
def test_menus_and_filters_open(staff: Page, running: Contract, screen: dict[str, int]):
    staff.set_viewport_size(screen)
    staff.goto(f"/staff/contracts/contract/{running.pk}/change/")
    menu = staff.locator("details.staff-menu", has_text="手続きを受け付ける")
    menu.locator("summary").click()
    expect(menu.get_by_role("link", name="一時中断", exact=True)).to_be_visible()
    staff.goto("/staff/contracts/contract/")
    filters = staff.locator("#changelist-filter")
    expect(filters).to_be_hidden()
    staff.locator("a", has_text="フィルタ").first.click()
    expect(filters).to_be_visible()
    filters.get_by_text("利用停止中").click()
    expect(staff).to_have_url(re.compile("state__exact=suspended"))
    assert _fits(staff)


def test_the_name_of_a_file_that_was_chosen_is_shown(staff: Page):
    broken: list[str] = []
    staff.on("pageerror", lambda error: broken.append(str(error)))
    staff.goto("/staff/lineinfo/linebatch/do/upload/")
    chosen: FilePayload = {"name": "march.csv", "mimeType": "text/csv", "buffer": b"line,at,bytes_down\n"}
    staff.locator("#id_content").set_input_files(chosen)
    expect(staff.locator("label[for=id_content] input[type=text]")).to_have_value("march.csv")
    assert not broken


def test_the_language_is_switched_in_the_users_menu(staff: Page):
    staff.goto("/staff/")
    expect(staff.locator("html")).to_have_attribute("lang", "ja")
    staff.get_by_text("管理者").last.click()
    staff.get_by_role("button", name="English").click()
    expect(staff.locator("html")).to_have_attribute("lang", "en")
    expect(staff.locator("h1")).to_contain_text("Today")


def test_a_refusal_stands_at_the_field_with_a_link_to_its_article(staff: Page):
    contract = factories.contract("isp-access")
    staff.goto(f"/staff/contracts/contract/{contract.pk}/do/suspend/")
    staff.locator("input[name=ground]").last.check()
    staff.locator("#id_reason").fill("違反")
    staff.locator("#id_starts_on").fill("2027-01-01")
    staff.locator("#id_through").fill("2029-01-01")
    staff.get_by_role("button", name="利用停止を提案する").click()
    field = staff.locator(".staff-field", has=staff.locator("#id_through"))
    field.locator("a.article").click()
    expect(staff).to_have_url(re.compile("/staff/articles/isp-access/23/"))
    expect(staff.locator(".staff-effects")).to_contain_text("利用停止")
