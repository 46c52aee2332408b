"""The documents, open to everybody: what a citation leads to."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from terms.registry import codes, pack_for

pytestmark = pytest.mark.django_db


def see(address: str, language: str = "ja") -> str:
    client = Client()
    client.cookies["django_language"] = language
    reply = client.get(address)
    assert reply.status_code == 200
    return reply.content.decode()


def test_the_list_shows_every_document_without_signing_in() -> None:
    page = see("/terms/")
    for code in codes():
        assert f'href="/terms/{code}/"' in page


@pytest.mark.parametrize("code", codes())
@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_article_has_its_page(code: str, language: str) -> None:
    pack = pack_for(code, date.max)
    for number, article in pack.articles.items():
        page = see(reverse("portal:article", args=[code, number]), language)
        assert article.title in page
        words = article.summary_ja if language == "ja" else article.summary
        assert words.split("&")[0].split("'")[0].split('"')[0].split("<")[0].split(">")[0] in page


def test_a_mistake_in_the_printed_text_stands_with_its_reading() -> None:
    page = see("/terms/isp-access/6/")
    assert "30条と読む。" in page
    assert "30条と読む。" in see("/terms/isp-access/")


def test_the_law_is_cited_like_a_document() -> None:
    assert "消費税法第57条の4" in see(reverse("portal:article", args=["statute", "消費税法57の4"]))


@pytest.mark.parametrize(
    "address",
    [
        "/terms/unknown/",
        "/terms/isp-access/999/",
        "/terms/isp-access/?on=yesterday",
        "/terms/isp-access/23/?on=2025-02-30",
    ],
)
def test_what_does_not_exist_is_not_found(address: str) -> None:
    assert Client().get(address).status_code == 404
