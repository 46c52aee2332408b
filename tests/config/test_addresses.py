import pytest
from django.core.exceptions import ImproperlyConfigured

from config import addresses


def test_a_database_address_is_read_with_all_its_parts():
    found = addresses.database("postgresql://op%40er:p%2Fw@db.example.jp:5433/back?sslmode=require")
    assert found == {
        "ENGINE": "psqlextra.backend",
        "NAME": "back",
        "USER": "op@er",
        "PASSWORD": "p/w",
        "HOST": "db.example.jp",
        "PORT": "5433",
        "OPTIONS": {"prepare_threshold": 5, "sslmode": "require"},
    }


def test_a_database_may_be_behind_a_socket():
    assert addresses.database("postgresql:///back?host=/run/postgresql")["HOST"] == "/run/postgresql"


@pytest.mark.parametrize(
    ("url", "complaint"),
    [
        ("mysql://db/back", "DATABASE_URL begins with 'mysql'"),
        ("db.example.jp", "DATABASE_URL begins with 'nothing'"),
        ("postgresql://db", "names no database"),
        ("postgresql://db:port/back", "a port that is no number"),
        ("postgresql://db:99999/back", "a port that is no number"),
    ],
)
def test_a_database_address_that_cannot_be_meant_is_refused_with_what_is_wrong(url, complaint):
    with pytest.raises(ImproperlyConfigured, match=complaint):
        addresses.database(url)


def test_another_database_number_leaves_the_rest_of_the_broker_address():
    assert addresses.with_redis_database("redis://:pw@host:6379/3", 4) == "redis://:pw@host:6379/4"
    assert addresses.with_redis_database("redis://host", 1) == "redis://host/1"
    assert addresses.with_redis_database("unix:///run/valkey.sock?db=0", 1) == "unix:///run/valkey.sock?db=1"


@pytest.mark.parametrize(
    ("url", "number"), [("redis://host", 0), ("redis://host/2", 2), ("unix:///s", 0), ("unix:///s?db=5", 5)]
)
def test_the_database_number_of_the_broker_is_read(url, number):
    assert addresses.redis_database(url) == number


def test_celery_writes_a_socket_its_own_way():
    assert (
        addresses.broker("unix:///run/valkey.sock?db=2") == "redis+socket:///run/valkey.sock?virtual_host=2"
    )
    assert addresses.broker("rediss://host:6380/1") == "rediss://host:6380/1"


def test_a_broker_database_that_is_no_number_is_refused():
    with pytest.raises(ImproperlyConfigured, match="names database 'jobs'"):
        addresses.redis_database("redis://host/jobs")


def test_a_mail_server_is_read_with_its_usual_port_and_encryption():
    found = addresses.mail("smtp+tls://user:pw@mail.example.jp")
    assert (found["EMAIL_HOST"], found["EMAIL_PORT"], found["EMAIL_USE_TLS"]) == (
        "mail.example.jp",
        587,
        True,
    )
    assert (found["EMAIL_HOST_USER"], found["EMAIL_HOST_PASSWORD"]) == ("user", "pw")
    assert addresses.mail("smtps://mail.example.jp")["EMAIL_USE_SSL"] is True


def test_a_mail_server_without_a_name_is_refused():
    with pytest.raises(ImproperlyConfigured, match="names no host"):
        addresses.mail("smtp://")


def test_a_password_is_not_shown():
    assert addresses.without_password("postgresql://a:secret@host:1/b") == "postgresql://a:…@host:1/b"
    assert addresses.without_password("redis://:secret@host/0") == "redis://:…@host/0"
    assert addresses.without_password("redis://host/0") == "redis://host/0"
