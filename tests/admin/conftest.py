"""The staff side on 1 October 2025, 10:00 in Japan."""

from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.test import Client

from contracts.models import Contract
from tests import factories
from tests.admin import world as worlds
from tests.admin.day import AUGUST, NOW, TERMS
from tests.billing import things
from workflow.models import User
from workflow.services.load_roles import load_roles


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """The time of the test, which stands until the test moves it."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def world(db: None, clock: None) -> worlds.World:
    """At least one row of everything."""
    return worlds.build()


@pytest.fixture
def roles(db: None) -> None:
    """The roles as they are laid down."""
    load_roles()


@pytest.fixture
def contract(db: None, clock: None) -> Contract:
    """A running contract."""
    return factories.contract(TERMS)


@pytest.fixture
def billed(db: None, clock: object) -> Contract:
    """A contract whose August was invoiced and is unpaid."""
    things.standing()
    contract = things.contract(TERMS)
    things.bill(AUGUST)
    return contract


@pytest.fixture
def signed_in() -> Callable[..., Client]:
    """A browser in which somebody is signed in, reading in a language."""

    def sign_in(user: User, language: str = "ja") -> Client:
        client = Client()
        client.cookies["django_language"] = language
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


@pytest.fixture
def with_role(roles: None, signed_in: Callable[..., Client]) -> Callable[..., Client]:
    """A browser of somebody with one role, reading Japanese."""

    def sign_in(role: str) -> Client:
        return signed_in(worlds.member(role))

    return sign_in


@pytest.fixture
def chief(db: None) -> User:
    """Somebody who may do everything."""
    return factories.staff("chief", is_superuser=True)


@pytest.fixture
def root(chief: User, signed_in: Callable[..., Client]) -> Client:
    """The browser of somebody who may do everything, reading Japanese."""
    return signed_in(chief)
