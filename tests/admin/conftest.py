"""The staff side on 1 October 2025, 10:00 in Japan, with a row of every kind."""

from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.test import Client

from tests.admin import world as worlds
from workflow.models import User


@pytest.fixture
def clock() -> Iterator[None]:
    """The time of the test, which stands."""
    with time_machine.travel(worlds.NOW, tick=False):
        yield


@pytest.fixture
def world(db: None, clock: None) -> worlds.World:
    """At least one row of everything."""
    return worlds.build()


@pytest.fixture
def signed_in() -> Callable[..., Client]:
    """A browser in which somebody is signed in, reading in a language."""

    def sign_in(user: User, language: str = "ja") -> Client:
        client = Client(headers={"Accept-Language": language})
        client.cookies["django_language"] = language
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


@pytest.fixture
def root(world: worlds.World, signed_in: Callable[..., Client]) -> Client:
    """Somebody who may do everything, reading Japanese."""
    return signed_in(world.root)
