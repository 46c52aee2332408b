"""Japanese by default, English by switch."""

from django.test import Client

from tests.portal.customers import Customer


def test_a_browser_without_a_wish_gets_japanese(db: None) -> None:
    assert '<html lang="ja">' in Client().get("/accounts/login/").content.decode()


def test_the_switch_changes_the_language_and_stays_on_the_page(aoba: Customer) -> None:
    reply = aoba.client.post("/language/", {"language": "en", "next": "/invoices/?page=1"})
    assert (reply.status_code, reply["Location"]) == (302, "/invoices/?page=1")
    page = aoba.client.get("/invoices/").content.decode()
    assert '<html lang="en">' in page
    aoba.client.post("/language/", {"language": "ja", "next": "/"})
    assert '<html lang="ja">' in aoba.client.get("/invoices/").content.decode()
