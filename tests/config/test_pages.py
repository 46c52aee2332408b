"""The pages of config in a real browser: what a page asks for, the policy on contents lets it have."""

import pytest
from django.test import Client

from config import mail_sink

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def sign_in(page, live_server, django_user_model):
    def as_staff():
        client = Client()
        client.force_login(django_user_model.objects.create_superuser("staff"))
        page.context.add_cookies(
            [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
        )

    return as_staff


@pytest.fixture
def kept_mail(settings):
    folder = mail_sink.folder(settings.RUN_FOLDER)
    folder.mkdir(exist_ok=True)
    path = folder / "20261121T000000000000-0badcafe.eml"
    path.write_text(
        "X-Envelope-To: customer@example.jp\r\nFrom: no-reply@example.jp\r\nSubject: 料金のお知らせ\r\n"
        "Date: Sat, 21 Nov 2026 09:00:00 +0900\r\nContent-Type: text/plain; charset=utf-8\r\n"
        "Content-Transfer-Encoding: 8bit\r\n\r\nお支払いの期限は11月30日です。\r\n"
    )
    yield
    path.unlink()


@pytest.mark.parametrize("width", [360, 1280])
def test_staff_read_the_mails_on_a_narrow_and_on_a_wide_screen(page, sign_in, kept_mail, width):
    sign_in()
    page.set_viewport_size({"width": width, "height": 800})
    page.goto("/mail/")
    page.get_by_role("link", name="料金のお知らせ").click()
    assert page.get_by_text("お支払いの期限は11月30日です。").is_visible()
    # Nothing hangs over the edge.
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_api_documentation_is_drawn_from_this_server_alone(page, live_server):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/api/docs/")
    page.locator(".opblock, [id^=operations]").first.wait_for()
    assert [url for url in asked if not url.startswith((live_server.url, "data:", "blob:"))] == []
