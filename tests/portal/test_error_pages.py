"""Pages for what goes wrong."""

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.utils.translation import override

from tests.portal.customers import Customer


def test_an_unknown_address_has_a_page_in_the_readers_language(db: None) -> None:
    reply = Client().get("/nowhere/")
    assert reply.status_code == 404
    assert "ページが見つかりません" in reply.content.decode()


def test_a_form_without_its_token_changes_nothing_and_says_what_to_do(aoba: Customer) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies["django_language"] = "en"
    strict.force_login(aoba.user, backend="django.contrib.auth.backends.ModelBackend")
    reply = strict.post(f"/contracts/{aoba.contract.number}/ask/pause/", {"on": "2025-12-01"})
    assert reply.status_code == 403
    assert "Please send the form again" in reply.content.decode()


@pytest.mark.parametrize(("language", "words"), [("ja", "問題が起きました"), ("en", "Something went wrong")])
def test_the_page_for_our_own_faults_needs_nothing(language: str, words: str) -> None:
    with override(language):
        assert words in render_to_string("500.html")


def test_no_page_allows_scripts_or_styles_from_elsewhere(aoba: Customer) -> None:
    reply = aoba.client.get("/")
    page = reply.content.decode()
    assert "unsafe-inline" not in reply["Content-Security-Policy"]
    assert "style=" not in page
    assert "onclick" not in page
    assert "https://" not in page
