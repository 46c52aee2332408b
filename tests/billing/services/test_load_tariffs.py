"""Tariffs from a file: the demonstration's own, and what is said of a file that is wrong."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from billing.chunks.book import load_book, load_prices
from billing.models import ArrearsPolicy, DuePolicy, ReviewPolicy, Tariff, TariffPrice, TaxRate
from billing.services.load_tariffs import DATA, load_tariffs
from billing.services.run_month import run_month
from contracts.models import Product
from contracts.services.load_catalogue import load_catalogue
from terms.registry import pack_for
from terms.rules.instalment_balance import InstalmentBalance
from terms.rules.single_line_fee import SingleLineFee
from tests import factories
from tests.billing import things
from workflow.errors import NotPermitted
from workflow.selectors import clock_user, state_changes_of

pytestmark = pytest.mark.django_db

AT = factories.at(date(2025, 7, 1))
GOOD = """
[[tax_rates]]
from = 2019-10-01
rate = "0.10"
article = "statute 消費税法29"

[[tariffs]]
code = "monthly"
terms = "hikari-line"
kind = "base"
product = "line-100"
name = "利用料"
source = "operator"
article = "hikari-line 37-1"
prices = [{ from = 2025-01-01, amount = 5000 }]
"""


def load(**fields: Any) -> dict[str, int]:
    return load_tariffs(**({"by": clock_user(), "at": AT} | fields))


@pytest.fixture
def line_100(db):
    """The product of GOOD."""
    factories.product("hikari-line", code="line-100")


@pytest.fixture
def demonstration(db):
    load_catalogue()
    return load()


def test_every_product_of_the_catalogue_has_a_price(demonstration):
    book = load_prices()
    for product in Product.objects.exclude(per=Product.Per.USE):
        fees = book.of_product(product.pk)
        assert fees, product.code
        assert all(fee.on(date(2025, 6, 1)) >= 0 for fee in fees)


def test_loading_again_adds_nothing(demonstration):
    assert demonstration["tariffs"] == Tariff.objects.count() > 70
    assert sum(load().values()) == 0


def test_a_price_that_somebody_changed_is_left_alone(demonstration):
    price = TariffPrice.objects.get(tariff__code="handling-contract")
    TariffPrice.objects.filter(pk=price.pk).update(amount=1234)
    load()
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
    assert "未確認" in price.note


def test_every_document_that_costs_something_has_its_policies(demonstration):
    codes = set(Tariff.objects.values_list("terms_code", flat=True))
    assert set(DuePolicy.objects.values_list("terms_code", flat=True)) == codes
    assert set(ArrearsPolicy.objects.values_list("terms_code", flat=True)) == codes
    assert set(ReviewPolicy.objects.values_list("terms_code", flat=True)) == codes
    assert [str(rate) for rate in TaxRate.objects.values_list("rate", flat=True)] == ["0.100", "0.080"]


@pytest.mark.usefixtures("line_100")
@pytest.mark.parametrize(
    ("wrong", "right", "said"),
    [
        ("amuont = 5000", "amount = 5000", "amuont"),
        ('name = "利用料"\n', "", "name"),
        ('terms = "hikari-lime"', 'terms = "hikari-line"', "hikari-lime"),
        ('article = "hikari-line 999"', 'article = "hikari-line 37-1"', "999"),
        ('kind = "monthly"', 'kind = "base"', "monthly"),
        ('product = "no-such-product"', 'product = "line-100"', "no-such-product"),
        ("[[tarifs]]", "[[tariffs]]", "tarifs"),
        ("amount = -5", "amount = 5000", "0"),
        ('rate = "ten"', 'rate = "0.10"', "tax_rates"),
    ],
)
def test_a_mistake_is_named_with_its_file_and_table_and_nothing_is_loaded(tmp_path, wrong, right, said):
    path = tmp_path / "mine.toml"
    path.write_text(GOOD.replace(right, wrong) if right else GOOD.replace(wrong, ""))
    with pytest.raises(ValidationError) as raised:
        load(path=path)
    assert "mine.toml" in raised.value.messages[0]
    assert said in raised.value.messages[0]
    assert not Tariff.objects.exists()
    assert not TaxRate.objects.exists()


@pytest.mark.usefixtures("line_100")
def test_the_command_loads_a_file_and_says_what_it_added(tmp_path, capsys):
    path = tmp_path / "mine.toml"
    path.write_text(GOOD)
    call_command("load_tariffs", str(path))
    assert capsys.readouterr().out.startswith("Added: 1 tariffs, 1 prices, 1 tax rates, 0 due-date policies")
    call_command("load_tariffs", str(path))
    assert capsys.readouterr().out.startswith("Added: 0 tariffs, 0 prices, 0 tax rates")
    with pytest.raises(CommandError, match=r"none\.toml"):
        call_command("load_tariffs", str(tmp_path / "none.toml"))


def changed(tmp_path: Path, old: str, new: str) -> Path:
    """A file that differs from GOOD in one place."""
    assert old in GOOD
    path = tmp_path / "mine.toml"
    path.write_text(GOOD.replace(old, new))
    return path


@pytest.mark.usefixtures("line_100")
def test_who_loaded_what_stays_on_record_and_only_who_may_set_prices_loads(tmp_path):
    path, chief = changed(tmp_path, "", ""), factories.staff("chief", is_superuser=True)
    with pytest.raises(NotPermitted):
        load(path=path, by=factories.staff("anybody"))
    assert not Tariff.objects.exists()
    load(path=path, by=chief)
    tariff = Tariff.objects.get()
    of_tariff, of_price = state_changes_of(tariff).order_by("id")
    assert (of_tariff.reason, of_price.reason) == (str(tariff), str(tariff.prices.get()))
    for said in (of_tariff, of_price, state_changes_of(TaxRate.objects.get()).get()):
        assert (said.transition, said.by, said.on) == ("load", chief, date(2025, 7, 1))
    load(path=path, by=chief)
    assert state_changes_of(tariff).count() == 2
    load(path=changed(tmp_path, 'name = "利用料"', 'name = "月額利用料"'), by=chief)
    tariff.refresh_from_db()
    assert (tariff.name, state_changes_of(tariff).count()) == ("月額利用料", 3)


@pytest.mark.usefixtures("line_100")
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('terms = "hikari-line"\nkind', 'terms = "isp-access"\nkind'),
        ('kind = "base"', 'kind = "option"'),
    ],
)
def test_a_standing_tariff_is_never_made_into_another(tmp_path, old, new):
    load(path=changed(tmp_path, "", ""))
    with pytest.raises(ValidationError, match="monthly"):
        load(path=changed(tmp_path, old, new))
    tariff = Tariff.objects.get()
    assert (tariff.terms_code, tariff.kind) == ("hikari-line", "base")


@pytest.mark.usefixtures("line_100")
def test_a_standing_fee_changes_by_its_announcement_and_not_by_a_file(tmp_path):
    load(path=changed(tmp_path, "", ""))
    further = "amount = 5000 }, { from = 2026-01-01, amount = {} }".replace("{}", "6000")
    with pytest.raises(ValidationError, match="2026-01-01"):
        load(path=changed(tmp_path, "amount = 5000 }", further))
    assert TariffPrice.objects.get().amount == 5000
    by_notice = further.replace("6000", '6000, source = "statute"')
    assert load(path=changed(tmp_path, "amount = 5000 }", by_notice))["prices"] == 1


@pytest.mark.usefixtures("line_100")
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("amount = 5000 }", 'amount = 5000 }, { from = 2025-06-01, amount = 5000 }'),
        ("[[tariffs]]", '[[tax_rates]]\nfrom = 2025-06-01\nrate = "0.08"\narticle = "statute 消費税法29"\n[[tariffs]]'),
    ],
)  # fmt: skip
def test_no_file_changes_what_applied_in_a_month_that_is_billed(tmp_path, old, new):
    things.standing()
    load(path=changed(tmp_path, "", ""))
    people = things.people()
    run_month(month=date(2025, 6, 1), by=people[0], approver=people[1], at=AT)
    with pytest.raises(ValidationError, match="2025-07-01"):
        load(path=changed(tmp_path, old, new))
    assert (TariffPrice.objects.count(), TaxRate.objects.filter(valid_from=date(2025, 6, 1)).count()) == (
        1,
        0,
    )


def test_a_table_that_is_no_list_and_a_file_that_is_no_text_are_named(tmp_path):
    path = tmp_path / "mine.toml"
    for content in (b'tariffs = "monthly"', b"[tariffs]\ncode = 1", b"\xff\xfe"):
        path.write_bytes(content)
        with pytest.raises(ValidationError, match=r"mine\.toml"):
            load(path=path)


@pytest.mark.usefixtures("line_100")
def test_the_command_says_in_whose_name_it_loads(tmp_path):
    path = str(changed(tmp_path, "", ""))
    with pytest.raises(CommandError, match="nobody"):
        call_command("load_tariffs", path, by="nobody")
    factories.staff("clerk")
    with pytest.raises(CommandError, match="clerk"):
        call_command("load_tariffs", path, by="clerk")
    assert not Tariff.objects.exists()
    chief = factories.staff("chief", is_superuser=True)
    call_command("load_tariffs", path, by="chief")
    assert {said.by for said in state_changes_of(Tariff.objects.get())} == {chief}


def test_the_file_of_the_demonstration_says_of_each_sum_whose_it_is():
    text = DATA.read_text()
    assert text.count("[[tariffs]]") == text.count('\nsource = "')
