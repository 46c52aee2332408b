"""What every test can ask for: servers of its own, a mail server that keeps what it is sent, a real browser."""

import os
import shutil
import socket
from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
import redis
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.conf import LazySettings, settings
from django.db import connection
from django.utils.translation.reloader import translation_file_changed
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from config import translations
from config.embedded import paths, postgres
from config.embedded import valkey as embedded_valkey
from config.rooms import ROOMS
from lineinfo.days import drop_day
from lineinfo.models import MeasurementDay
from tests import database_image
from tests.article_marks import proofs

# How fast the machine is decides no test.
hypothesis_settings.register_profile(
    "any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("any machine")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers",
        'article(pack, number): the article of a document that this test proves, as ("isp-access", "34")',
    )
    config.addinivalue_line("markers", "browser: drives a real Chromium")
    translations.compile_all(paths.ROOT, ROOMS)
    # In a new checkout Django has read its catalogues before they were there.
    translation_file_changed(sender=None, file_path=Path("django.mo"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A mark for an article that no pack has is an error at once, not a line missing in docs/clauses.md."""
    proofs(items)


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
    database_image.put_into(paths.run_folder())
    server = postgres.start(paths.run_folder(), hasty=True)
    yield
    server.stop()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings: None, postgres_server: None, valkey_server: None
) -> None:
    """pytest-django asks for this before it makes the test database: by then both servers answer."""
    if not os.environ.get("DATABASE_URL"):
        database_image.rename_database(paths.run_folder(), connection.creation._get_test_db_name())


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_keepdb: bool) -> bool:
    """Our own server comes with a database that has its tables."""
    return django_db_keepdb or not os.environ.get("DATABASE_URL")


@pytest.fixture
def valkey(valkey_server: None) -> Iterator["redis.Redis"]:
    """A client of the broker, in a database that is empty before and after."""
    with redis.Redis.from_url(settings.REDIS_URL) as client:
        client.flushdb()
        yield client
        client.flushdb()


class Mails(list[EmailMessage]):
    """The messages that arrived, in their order. While ``refusing`` is set, it is the answer to the next ones."""

    refusing: str | None = None

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.refusing:
            return self.refusing
        message = message_from_bytes(envelope.original_content or b"", policy=policy.default)
        assert isinstance(message, EmailMessage)
        self.append(message)
        return "250 kept"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def smtp(settings: LazySettings) -> Iterator[Mails]:
    """A real mail server on a free port, with the settings pointing at it.

    The list of what arrived; ``smtp.refusing = "451 later"`` has it refuse what comes next.
    """
    mails = Mails()
    controller = Controller(mails, hostname="127.0.0.1", port=_free_port())
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = controller.port
    yield mails
    controller.stop()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The machine's Chromium, without a window."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None:
        pytest.fail("No Chromium here: install it (on Debian: apt-get install chromium fonts-noto-cjk).")
    # Playwright's loop runs in this thread, and Django takes it for an asynchronous caller.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        # Chromium's own sandbox does not work for root nor in most containers; it only sees our own pages.
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Browser, live_server: LiveServer) -> Iterator[Page]:
    """A new page of a browser that is nobody yet; relative addresses are those of the live server.

    Whatever script error the page meets fails the test.
    """
    context = chromium.new_context(base_url=live_server.url, locale="ja-JP")
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    yield page
    context.close()
    assert not errors


@pytest.fixture
def whole_days(transactional_db: None) -> Iterator[None]:
    """For tests that really commit: takes the partitions away again, which the flush of the tables leaves behind."""
    yield
    for day in MeasurementDay.objects.values_list("day", flat=True):
        drop_day(day, patience=timedelta(seconds=10))
