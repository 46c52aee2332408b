"""The catalogue of the demonstration operator, and catalogues that are wrong."""

from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from contracts.models import Partner, Product, ServiceArea
from contracts.services.load_catalogue import load_catalogue
from terms.registry import codes, registry

pytestmark = pytest.mark.django_db


@pytest.mark.article("hikari-line", "5")
def test_the_items_of_hikari_line_are_those_of_its_tariff():
    load_catalogue()
    items = Product.objects.filter(terms_code="hikari-line", kind=Product.Kind.BASE)
    assert set(items.values_list("item", "dwelling", "maintenance")) == {
        (item, dwelling, maintenance)
        for item in ("100Mb/s", "200Mb/s", "1Gb/s", "10Gb/s")
        for dwelling in ("detached", "collective")
        for maintenance in ("type1-1", "type1-2")
    }
    assert not items.filter(demonstration=True).exists()


@pytest.mark.article("isp-access", "4")
@pytest.mark.article("hikari-phone", "11")
@pytest.mark.article("business-network", "5")
def test_what_the_documents_leave_to_a_tariff_is_marked_as_made_up():
    load_catalogue()
    made_up = Product.objects.filter(kind=Product.Kind.BASE).exclude(terms_code="hikari-line")
    assert set(made_up.values_list("terms_code", flat=True)) == {
        "isp-access",
        "hikari-phone",
        "business-network",
    }
    assert not made_up.filter(demonstration=False).exists()
    assert set(made_up.values_list("per", flat=True)) == {"month", "year", "use"}


@pytest.mark.article("isp-access", "3")
def test_the_course_priced_by_docomo_names_its_billing_operator():
    load_catalogue()
    course = Product.objects.get(partner__isnull=False)
    assert (course.terms_code, course.partner and course.partner.role) == (
        "isp-access",
        Partner.Role.BILLING_OPERATOR,
    )


def test_every_article_and_document_named_in_the_catalogue_exists():
    load_catalogue()
    for product in Product.objects.all():
        assert product.terms_code in codes()
        assert product.article.startswith(f"{product.terms_code} ")
        assert registry().latest(product.terms_code).article(product.article.split(" ", 1)[1])
    phones = Product.objects.filter(terms_code="hikari-phone", kind=Product.Kind.BASE)
    assert set(phones.values_list("beside_terms", flat=True)) == {"hikari-line"}


@pytest.mark.article("business-network", "6")
def test_business_network_is_offered_in_all_of_japan():
    load_catalogue()
    assert ServiceArea.objects.filter(terms_code="business-network").count() == 47


def test_loading_again_changes_nothing_and_keeps_what_has_gone():
    first = load_catalogue()
    kept = Product.objects.create(code="old-course", terms_code="isp-access", name="旧コース")
    again = load_catalogue()
    assert (again.products, again.changed) == (first.products, 0)
    assert first.changed == first.products + first.partners + first.areas + first.policies
    kept.refresh_from_db()


def write(folder: Path, text: str) -> Any:
    path = folder / "catalogue.toml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('[[products]]\ncode = "x"\nterms = "isp-access"\nname = "X"\ncolour = "red"', "colour"),
        ('[[products]]\ncode = "x"\nterms = "isp-acess"\nname = "X"', "isp-acess"),
        ('[[products]]\ncode = "x"\nterms = "isp-access"\nname = "X"\npartner = "nobody"', "nobody"),
        ('[[products]]\ncode = "x"\nterms = "isp-access"\nname = "X"\ncarrier = "nobody"', "carrier"),
        ('[[products]]\ncode = "x"\nterms = "isp-access"\nname = "X"\nbecomes = "y"', "becomes"),
        ('[[products]]\ncode = "x"\nterms = "isp-access"\nname = "X"\narticle = "999"', "999"),
        ('[[products]]\ncode = "x"\nterms = "isp-access"\nname = "X"\nkind = "thing"', "kind"),
        ('[[products]]\ncode = "x"\nterms = "isp-access"', "name"),
        ('[[service_areas]]\nterms = "isp-access"\nprefectures = ["東京"]', "prefecture"),
        ('[[partner]]\ncode = "x"', "partner"),
        ("[[products", "catalogue.toml"),
    ],
)
def test_a_wrong_catalogue_is_named_to_the_key_and_nothing_is_written(tmp_path, text, named):
    good = '[[products]]\ncode = "good"\nterms = "isp-access"\nname = "よい商品"\n'
    with pytest.raises(CommandError, match=named):
        call_command("load_catalogue", str(write(tmp_path, good + text)))
    assert not Product.objects.exists()
