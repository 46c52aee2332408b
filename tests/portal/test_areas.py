"""The areas of each service, open to everybody."""

import pytest
from django.test import Client

from contracts.models import ServiceArea
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.article("hikari-line", "10")
@pytest.mark.article("hikari-phone", "10")
@pytest.mark.article("isp-access", "49")
@pytest.mark.parametrize("terms_code", ["hikari-line", "hikari-phone", "isp-access"])
def test_the_areas_of_a_service_are_shown_to_everybody(terms_code):
    factories.serve(terms_code, prefectures=["大阪府", "埼玉県"])
    ServiceArea.objects.create(terms_code=terms_code, prefecture="静岡県", city="熱海市")
    page = Client().get("/areas/").content.decode()
    assert f'href="/terms/{terms_code}/"' in page
    places = ["埼玉県", "静岡県", "熱海市", "大阪府"]
    assert [page.index(place) for place in places] == sorted(page.index(place) for place in places)


def test_a_document_without_areas_is_not_listed():
    assert "/terms/hikari-line/" not in Client().get("/areas/").content.decode()
    assert 'href="/areas/"' in Client().get("/terms/").content.decode()
