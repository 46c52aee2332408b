"""How a subscriber comes by an account: invited by staff, with a link, never with a password."""

import re
from datetime import date

import pytest
from django.contrib.auth import authenticate
from django.core import mail
from django.test import Client

from tests import factories
from tests.admin.pressing import address, buttons, done, errors, press
from tests.portal.customers import Customer, signed_in
from workflow.models import StateChange, User

pytestmark = pytest.mark.django_db

PASSWORD = "seven wooden bridges"


@pytest.fixture
def chief() -> Client:
    return signed_in(factories.staff("chief", is_superuser=True))


def link_in(message: mail.EmailMessage) -> str:
    """The path of the link in a mail."""
    found = re.search(r"http://testserver(/accounts/password/reset/key/\S+)", str(message.body))
    assert found
    return found[1]


def set_password(link: str) -> int:
    """Follow the link and set the password; the status of the page it leads to."""
    visitor = Client()
    page = visitor.get(link, follow=True)
    form = page.redirect_chain[-1][0] if page.redirect_chain else link
    return visitor.post(form, {"password1": PASSWORD, "password2": PASSWORD}).status_code


def test_an_invited_subscriber_sets_a_password_and_comes_in(chief: Client) -> None:
    subscriber = factories.subscriber()
    assert done(press(chief, subscriber, "invite"))
    subscriber.refresh_from_db()
    assert subscriber.user is not None
    assert not subscriber.user.has_usable_password()
    [message] = mail.outbox
    assert message.to == [subscriber.email]
    assert set_password(link_in(message)) == 302
    assert authenticate(None, username=subscriber.number, password=PASSWORD) == subscriber.user
    assert StateChange.objects.filter(transition="invite_customer").exists()
    assert "invite" not in buttons(chief, subscriber)


def test_a_second_invitation_makes_the_first_link_useless(chief: Client) -> None:
    subscriber = factories.subscriber()
    press(chief, subscriber, "invite")
    press(chief, subscriber, "invite")
    first, second = map(link_in, mail.outbox)
    set_password(first)
    assert authenticate(None, username=subscriber.number, password=PASSWORD) is None
    set_password(second)
    assert authenticate(None, username=subscriber.number, password=PASSWORD) is not None
    assert User.objects.filter(username=subscriber.number).count() == 1


def test_without_an_address_nobody_is_invited(chief: Client) -> None:
    subscriber = factories.subscriber(channel="letter", email="")
    assert errors(press(chief, subscriber, "invite"))
    assert not mail.outbox
    assert not User.objects.filter(username=subscriber.number).exists()


def test_an_account_taken_back_lets_nobody_in_and_ends_the_open_session(
    chief: Client, aoba: Customer
) -> None:
    assert aoba.client.get("/").status_code == 200
    assert done(press(chief, aoba.subscriber, "revoke-account", reason="退職"))
    assert aoba.client.get("/").status_code == 302
    assert StateChange.objects.filter(
        transition="revoke_customer", reason="退職", on=date(2025, 11, 20)
    ).exists()
    assert "invite" in buttons(chief, aoba.subscriber)


def test_who_may_not_change_subscribers_cannot_invite(db: None) -> None:
    subscriber = factories.subscriber()
    assert signed_in(factories.staff()).post(address(subscriber, "invite")).status_code == 403
    assert not mail.outbox
