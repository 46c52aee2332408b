"""Japanese by default, English by the switch."""

import pytest

pytestmark = pytest.mark.django_db


def test_a_browser_that_prefers_english_sees_japanese_until_it_is_switched(client):
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    assert '<html lang="ja"' in client.get("/postings/").content.decode()

    client.cookies["django_language"] = "en"
    assert '<html lang="en"' in client.get("/postings/").content.decode()


def test_a_program_says_its_language_by_its_header(client):
    japanese = client.get("/api/v1/lines").json()["title"]
    english = client.get("/api/v1/lines", headers={"Accept-Language": "en"}).json()["title"]
    assert japanese != english
