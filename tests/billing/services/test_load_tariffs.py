"""Tariffs from a file: the demonstration's own, and what is said of a file that is wrong."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from billing.chunks.book import load_book, load_prices
from billing.models import ArrearsPolicy, DuePolicy, ReviewPolicy, Tariff, TariffPrice, TaxRate
from billing.services.load_tariffs import DATA, load_tariffs
from contracts.models import Product
from contracts.services.load_catalogue import load_catalogue
from terms.registry import pack_for
from terms.rules.instalment_balance import InstalmentBalance
from terms.rules.single_line_fee import SingleLineFee

pytestmark = pytest.mark.django_db

GOOD = """
[[tax_rates]]
from = 2019-10-01
rate = "0.10"
article = "statute 消費税法29"

[[tariffs]]
code = "monthly"
terms = "hikari-line"
kind = "base"
name = "利用料"
source = "operator"
article = "hikari-line 37-1"
prices = [{ from = 2025-01-01, amount = 5000 }]
"""


@pytest.fixture
def demonstration(db):
    load_catalogue()
    return load_tariffs()


def test_every_product_of_the_catalogue_has_a_price(demonstration):
    book = load_prices()
    for product in Product.objects.exclude(per=Product.Per.USE):
        fees = book.of_product(product.pk)
        assert fees, product.code
        assert all(fee.on(date(2025, 6, 1)) >= 0 for fee in fees)


def test_loading_again_adds_nothing(demonstration):
    assert demonstration["tariffs"] == Tariff.objects.count() > 70
    assert sum(load_tariffs().values()) == 0


def test_a_price_that_somebody_changed_is_left_alone(demonstration):
    price = TariffPrice.objects.get(tariff__code="handling-contract")
    TariffPrice.objects.filter(pk=price.pk).update(amount=1234)
    load_tariffs()
    price.refresh_from_db()
    assert price.amount == 1234


@pytest.mark.article("hikari-line", "41")
def test_what_the_document_prints_is_marked_as_its_own_and_agrees_with_the_pack(demonstration):
    pack = pack_for("hikari-line", date(2025, 6, 1))
    rule, single = pack.rule(InstalmentBalance), pack.rule(SingleLineFee)
    printed = {
        "initial-detached-dispatch-new": 20000,
        "relocation-collective-no-dispatch": 3000,
        "initial-collective-dispatch-existing": 10600,
        "instalment-detached-first": rule.detached.first,
        "instalment-detached-following": rule.detached.following,
        "instalment-collective-first": rule.collective.first,
        "instalment-collective-following": rule.collective.following,
        "single-line-type1": single.type1,
        "single-line-type2": single.type2,
    }
    for code, amount in printed.items():
        tariff = Tariff.objects.get(code=code)
        assert (tariff.source, tariff.prices.get().amount) == (Tariff.Source.DOCUMENT, amount), code
    others = Tariff.objects.exclude(source__in=[Tariff.Source.DOCUMENT, Tariff.Source.STATUTE])
    assert set(others.values_list("source", flat=True)) == {Tariff.Source.DEMONSTRATION}


@pytest.mark.article("hikari-phone", "36")
@pytest.mark.parametrize(
    ("code", "prices"),
    [
        (
            "universal-service",
            {date(2024, 4, 1): 2, date(2025, 6, 30): 2, date(2025, 7, 1): 3, date(2026, 1, 1): 2},
        ),
        (
            "telephone-relay",
            {date(2022, 1, 31): 1, date(2022, 2, 1): 0, date(2024, 3, 31): 0, date(2026, 3, 31): 1},
        ),
    ],
)
def test_the_levies_are_what_was_announced_without_its_tax(demonstration, code, prices):
    fee = load_book().prices.with_code(code)
    assert {day: fee.on(day) for day in prices} == prices


def test_what_is_not_known_of_a_levy_is_said_and_not_charged(demonstration):
    price = TariffPrice.objects.get(tariff__code="telephone-relay", valid_from=date(2026, 4, 1))
    assert (price.amount, price.source) == (0, Tariff.Source.DEMONSTRATION)
    assert "not known" in price.note


def test_every_document_that_costs_something_has_its_policies(demonstration):
    codes = set(Tariff.objects.values_list("terms_code", flat=True))
    assert set(DuePolicy.objects.values_list("terms_code", flat=True)) == codes
    assert set(ArrearsPolicy.objects.values_list("terms_code", flat=True)) == codes
    assert set(ReviewPolicy.objects.values_list("terms_code", flat=True)) == codes
    assert [str(rate) for rate in TaxRate.objects.values_list("rate", flat=True)] == ["0.100", "0.080"]


@pytest.mark.parametrize(
    ("wrong", "right", "said"),
    [
        ("amuont = 5000", "amount = 5000", "amuont"),
        ('name = "利用料"\n', "", "name"),
        ('terms = "hikari-lime"', 'terms = "hikari-line"', "hikari-lime"),
        ('article = "hikari-line 999"', 'article = "hikari-line 37-1"', "999"),
        ('kind = "monthly"', 'kind = "base"', "monthly"),
        ('product = "no-such-product"\nkind = "base"', 'kind = "base"', "no-such-product"),
        ("[[tarifs]]", "[[tariffs]]", "tarifs"),
        ("amount = -5", "amount = 5000", "0"),
        ('rate = "ten"', 'rate = "0.10"', "tax_rates"),
    ],
)
def test_a_mistake_is_named_with_its_file_and_table_and_nothing_is_loaded(tmp_path, wrong, right, said):
    path = tmp_path / "mine.toml"
    path.write_text(GOOD.replace(right, wrong) if right else GOOD.replace(wrong, ""))
    with pytest.raises(ValidationError) as raised:
        load_tariffs(path=path)
    assert "mine.toml" in raised.value.messages[0]
    assert said in raised.value.messages[0]
    assert not Tariff.objects.exists()
    assert not TaxRate.objects.exists()


def test_the_command_loads_a_file_and_says_what_it_added(tmp_path, capsys):
    path = tmp_path / "mine.toml"
    path.write_text(GOOD)
    call_command("load_tariffs", str(path))
    assert capsys.readouterr().out.startswith("Added: 1 tariffs, 1 prices, 1 tax rates, 0 due-date policies")
    call_command("load_tariffs", str(path))
    assert capsys.readouterr().out.startswith("Added: 0 tariffs, 0 prices, 0 tax rates")
    with pytest.raises(CommandError, match=r"none\.toml"):
        call_command("load_tariffs", str(tmp_path / "none.toml"))


def test_the_file_of_the_demonstration_says_of_each_sum_whose_it_is():
    text = DATA.read_text()
    assert text.count("[[tariffs]]") == text.count('\nsource = "')
