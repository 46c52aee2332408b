"""What every test can ask for: servers of its own, a mail server that keeps what it is sent."""

import os
import shutil
from collections.abc import Iterator

import pytest
import redis
from django.conf import settings

from config.embedded import paths, postgres
from config.embedded import valkey as embedded_valkey


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers",
        'article(pack, number): the article of a document that this test proves, as ("isp-access", "34")',
    )
    config.addinivalue_line("markers", "browser: drives a real Chromium")


def pytest_unconfigure(config: pytest.Config) -> None:
    shutil.rmtree(paths.run_folder(), ignore_errors=True)


@pytest.fixture(scope="session")
def valkey_server() -> Iterator[None]:
    """A Valkey that answers at settings.REDIS_URL."""
    if os.environ.get("REDIS_URL"):
        yield
        return
    server = embedded_valkey.start(paths.run_folder(), hasty=True)
    yield
    server.stop()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[None]:
    """A PostgreSQL that answers where settings.DATABASES says."""
    if os.environ.get("DATABASE_URL"):
        yield
        return
    server = postgres.start(paths.run_folder(), hasty=True)
    yield
    server.stop()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings: None, postgres_server: None, valkey_server: None
) -> None:
    """pytest-django asks for this before it makes the test database: by then both servers answer."""


@pytest.fixture
def valkey(valkey_server: None) -> Iterator["redis.Redis"]:
    """A client of the broker, in a database that is empty before and after."""
    with redis.Redis.from_url(settings.REDIS_URL) as client:
        client.flushdb()
        yield client
        client.flushdb()
