"""Signing in: no registration, user name or e-mail, a limit on guesses."""

import pytest
from django.core.cache import cache
from django.test import Client

from tests import factories
from tests.portal.customers import PASSWORD, portal_user
from workflow.models import User

LOGIN = "/accounts/login/"


@pytest.fixture
def user(db: None) -> User:
    """A customer's account, from nobody's address yet."""
    cache.clear()
    made = portal_user("sakura")
    factories.subscriber(user=made, name="山田さくら")
    return made


@pytest.mark.parametrize("name", ["sakura", "sakura@example.jp"])
def test_user_name_or_mail_and_password_open_the_pages(name: str, user: User) -> None:
    reply = Client().post(LOGIN, {"login": name, "password": PASSWORD}, follow=True)
    assert reply.redirect_chain == [("/", 302)]
    assert "山田さくら 様" in reply.content.decode()


def test_a_wrong_password_says_so_without_saying_who_exists(user: User) -> None:
    wrong = Client().post(LOGIN, {"login": "sakura", "password": "x"}).content.decode()
    nobody = Client().post(LOGIN, {"login": "stranger", "password": "x"}).content.decode()
    assert 'role="alert"' in wrong

    def said(page: str) -> str:
        return page.split('role="alert">')[1].split("</div>")[0]

    assert said(wrong) == said(nobody)


def test_nobody_registers_by_himself(db: None) -> None:
    client = Client()
    client.post(
        "/accounts/signup/",
        {"username": "stranger", "email": "a@example.jp", "password1": PASSWORD, "password2": PASSWORD},
    )
    assert not User.objects.filter(username="stranger").exists()
    assert "signup" not in client.get(LOGIN).content.decode()


def test_after_many_wrong_guesses_no_further_one_is_taken(user: User) -> None:
    client = Client()
    replies = [client.post(LOGIN, {"login": "sakura", "password": f"guess-{number}"}) for number in range(12)]
    last = client.post(LOGIN, {"login": "sakura", "password": PASSWORD})
    assert "_auth_user_id" not in client.session
    assert last.status_code in (200, 429)
    assert all("_auth_user_id" not in reply.client.session for reply in replies)
    cache.clear()


def test_two_factor_authentication_can_be_set_up(user: User) -> None:
    client = Client()
    client.post(LOGIN, {"login": "sakura", "password": PASSWORD})
    page = client.get("/accounts/2fa/").content.decode()
    assert 'href="/accounts/2fa/totp/activate/" class="button"' in page
    # Who has signed in long ago, or on a machine left open, proves once more who they are.
    again = client.get("/accounts/2fa/totp/activate/")
    shown = client.post(again["Location"], {"password": PASSWORD}, follow=True).content.decode()
    assert 'class="qr"' in shown
    assert 'name="code"' in shown


def test_signing_out_ends_the_session(user: User) -> None:
    client = Client()
    client.post(LOGIN, {"login": "sakura", "password": PASSWORD})
    client.post("/accounts/logout/")
    assert client.get("/").status_code == 302
