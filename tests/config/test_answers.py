import socket

import pytest

from config import answers
from config.trouble import Trouble


@pytest.fixture
def closed_port():
    """A port on which nothing listens, for as long as the test holds it."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield held.getsockname()[1]


def test_a_database_that_does_not_answer_is_one_line_without_its_password(closed_port):
    with pytest.raises(Trouble, match=r"does not answer.*correct DATABASE_URL") as trouble:
        answers.check_database(f"postgresql://user:secret@127.0.0.1:{closed_port}/back")
    assert "\n" not in str(trouble.value)
    assert "secret" not in str(trouble.value)


def test_a_broker_that_does_not_answer_is_one_line(closed_port):
    with pytest.raises(Trouble, match=r"does not answer.*correct REDIS_URL") as trouble:
        answers.check_broker(f"redis://127.0.0.1:{closed_port}/0")
    assert "\n" not in str(trouble.value)


@pytest.mark.parametrize("url", ["memcached://127.0.0.1", "redis://127.0.0.1/jobs"])
def test_a_broker_address_that_cannot_be_meant_is_one_line(url):
    with pytest.raises(Trouble, match="REDIS_URL"):
        answers.check_broker(url)


def test_servers_that_answer_are_let_pass(db, settings, valkey):
    found = settings.DATABASES["default"]
    answers.check_database(f"postgresql://{found['USER']}@/{found['NAME']}?host={found['HOST']}")
    answers.check_broker(settings.REDIS_URL)


def test_a_database_that_is_not_there_is_one_line(db, settings):
    found = settings.DATABASES["default"]
    with pytest.raises(Trouble, match='database "nowhere" does not exist'):
        answers.check_database(f"postgresql://{found['USER']}@/nowhere?host={found['HOST']}")


def test_an_old_postgresql_is_refused(db, settings, monkeypatch):
    monkeypatch.setattr(answers, "OLDEST_POSTGRESQL", 99)
    found = settings.DATABASES["default"]
    with pytest.raises(Trouble, match="99 or newer is needed"):
        answers.check_database(f"postgresql://{found['USER']}@/{found['NAME']}?host={found['HOST']}")
