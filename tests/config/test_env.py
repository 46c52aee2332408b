import pytest
from django.core.exceptions import ImproperlyConfigured

from config import env


@pytest.mark.parametrize(
    ("written", "meant"),
    [("1", True), ("yes", True), ("On", True), ("0", False), ("FALSE", False), ("no", False)],
)
def test_a_flag_is_written_in_any_of_the_usual_ways(monkeypatch, written, meant):
    monkeypatch.setenv("HTTPS", written)
    assert env.flag("HTTPS", default=not meant) is meant


def test_an_empty_value_is_the_default(monkeypatch):
    monkeypatch.setenv("HTTPS", " ")
    monkeypatch.setenv("WEB_PORT", "")
    assert env.flag("HTTPS", default=True) is True
    assert env.integer("WEB_PORT", default=8000) == 8000
    assert env.words("ALLOWED_HOSTS", default=["localhost"]) == ["localhost"]


def test_a_flag_that_is_neither_yes_nor_no_stops_the_start(monkeypatch):
    monkeypatch.setenv("HTTPS", "maybe")
    with pytest.raises(ImproperlyConfigured, match="HTTPS='maybe': write 1 or 0"):
        env.flag("HTTPS", default=False)


@pytest.mark.parametrize("written", ["eighty", "-1", "0", "65536", "8 000", "８０００"])
def test_a_port_that_is_none_stops_the_start(monkeypatch, written):
    monkeypatch.setenv("WEB_PORT", written)
    with pytest.raises(ImproperlyConfigured, match="write a whole number from 1 to 65535"):
        env.integer("WEB_PORT", default=8000, least=1, most=65535)


def test_a_list_is_written_with_commas(monkeypatch):
    monkeypatch.setenv("ALLOWED_HOSTS", "a.example.jp, b.example.jp,")
    assert env.words("ALLOWED_HOSTS", default=[]) == ["a.example.jp", "b.example.jp"]
