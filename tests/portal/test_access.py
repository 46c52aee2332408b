"""Who sees what: nobody without signing in, and nobody anything of somebody else."""

import pytest
from django.test import Client
from django.urls import reverse

from tests import factories
from tests.portal.addresses import FILES, POSTED, address_of, names
from tests.portal.customers import Customer, portal_user, signed_in

OWN_PAGES = sorted(names(with_arguments=True))
PLAIN_PAGES = sorted(names(with_arguments=False))


def answer(client: Client, name: str, address: str) -> int:
    """The status of the answer."""
    return (client.post(address) if name in POSTED else client.get(address)).status_code


@pytest.mark.parametrize("name", OWN_PAGES)
def test_what_belongs_to_somebody_else_is_not_there(name: str, aoba: Customer, midori: Customer) -> None:
    assert answer(aoba.client, name, address_of(name, aoba)) in (200, 302)
    assert answer(aoba.client, name, address_of(name, midori)) == 404


@pytest.mark.parametrize(
    "name", [name for name in OWN_PAGES if name not in {"contract", "invoice", "invoice_line", "api_user"}]
)
def test_nothing_can_be_sent_about_what_belongs_to_somebody_else(
    name: str, aoba: Customer, midori: Customer
) -> None:
    before = midori.request.state, midori.contract.state, midori.credential.state

    assert aoba.client.post(address_of(name, midori), {"on": "2025-12-01"}).status_code == 404

    for thing in (midori.request, midori.contract, midori.credential):
        thing.refresh_from_db()
    assert (midori.request.state, midori.contract.state, midori.credential.state) == before


def test_the_line_of_an_invoice_belongs_to_that_invoice(aoba: Customer, midori: Customer) -> None:
    theirs = midori.invoice.charges.get()
    assert (
        aoba.client.get(reverse("portal:invoice_line", args=[aoba.invoice.number, theirs.pk])).status_code
        == 404
    )


def test_lists_show_nothing_of_somebody_else(aoba: Customer, midori: Customer) -> None:
    for name in PLAIN_PAGES:
        page = aoba.see(address_of(name, aoba))
        for theirs in (
            midori.subscriber.number,
            midori.contract.number,
            midori.request.number,
            str(midori.invoice.number),
            midori.api.api_id,
        ):
            assert theirs not in page, name


def test_a_visitor_is_asked_to_sign_in(aoba: Customer) -> None:
    for name in PLAIN_PAGES + OWN_PAGES:
        address = address_of(name, aoba)
        reply = Client().post(address) if name in POSTED else Client().get(address)
        # Where only a POST is answered, there is nothing to come back to but the address itself.
        assert (reply.status_code, reply["Location"]) == (302, f"/accounts/login/?next={address}")


@pytest.mark.parametrize(("language", "word"), [("ja", "お客さまページ"), ("en", "Customer pages")])
def test_every_page_speaks_both_languages(language: str, word: str, aoba: Customer) -> None:
    for name in PLAIN_PAGES + [name for name in OWN_PAGES if name not in POSTED | FILES]:
        page = aoba.see(address_of(name, aoba), language)
        assert f'<html lang="{language}">' in page, name
        assert word in page, name


def test_no_cache_keeps_what_a_customer_sees(aoba: Customer) -> None:
    for name in PLAIN_PAGES:
        assert "no-store" in aoba.client.get(address_of(name, aoba))["Cache-Control"], name


def test_staff_are_shown_the_way_to_the_back_office(db: None) -> None:
    reply = signed_in(factories.staff()).get("/")
    assert reply.status_code == 403
    assert 'href="/staff/"' in reply.content.decode()


def test_an_account_without_a_subscriber_is_told_so(db: None) -> None:
    reply = signed_in(portal_user("nobody")).get("/contracts/")
    assert reply.status_code == 403
    assert "まだ契約者に結び付いていません" in reply.content.decode()
