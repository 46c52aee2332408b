"""消費税相当額: business-network 22, hikari-line 通則8, Consumption Tax Act 57の4."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terms.errors import FactsError
from terms.registry import registry
from terms.rules.consumption_tax import ConsumptionTax, tax_by_rate, tax_on
from tests.terms.apply import apply


@pytest.mark.article("business-network", "22")
def test_fractions_of_a_yen_are_dropped():
    assert apply("business-network", "consumption_tax", lines=(12345,)).tax == 1234


@pytest.mark.article("hikari-line", "通則8")
def test_tax_is_rounded_once_for_the_invoice_and_not_for_each_line():
    assert apply("hikari-line", "consumption_tax", lines=(105, 105, 105)).tax == 31


@pytest.mark.article("business-network", "22")
def test_another_rate_applies_when_the_law_changes():
    assert apply("business-network", "consumption_tax", lines=(12345,), rate=Decimal("0.08")).tax == 987
    assert apply("business-network", "consumption_tax", lines=(), rate=Decimal("0.12")).tax == 0


@pytest.mark.article("statute", "消費税法57の4")
@pytest.mark.parametrize("code", ["hikari-phone", "isp-access", "statute"])
def test_a_silent_document_follows_the_law(code):
    result = apply(code, "consumption_tax", lines=(105, 105, 105))
    assert (result.tax, str(result.article)) == (31, "statute 消費税法57の4")


@pytest.mark.article("hikari-line", "通則8")
def test_credits_lower_the_sum_and_a_negative_sum_is_rounded_as_the_same_charge():
    assert apply("hikari-line", "consumption_tax", lines=(1000, -345)).tax == 65
    assert apply("hikari-line", "consumption_tax", lines=(-345,)).tax == -34


@pytest.mark.article("statute", "消費税法57の4")
def test_an_invoice_with_two_rates_is_rounded_once_for_each():
    rule = registry().latest("statute").rule(ConsumptionTax)
    found = tax_by_rate(rule, [(105, Decimal("0.10")), (105, Decimal("0.08")), (105, Decimal("0.10"))])
    assert {str(rate): result.tax for rate, result in found.items()} == {"0.10": 21, "0.08": 8}


def test_a_rate_written_as_a_percentage_is_refused():
    with pytest.raises(FactsError, match=r"write ten per cent as 0\.10"):
        apply("hikari-line", "consumption_tax", lines=(1,), rate=Decimal(10))


@given(st.lists(st.integers(0, 10**7)))
def test_tax_is_a_tenth_less_than_one_yen(lines):
    rule = registry().latest("business-network").rule(ConsumptionTax)
    result = apply("business-network", "consumption_tax", lines=tuple(lines))
    assert 0 <= sum(lines) - 10 * result.tax < 10
    assert result.tax == tax_on(rule, sum(lines), Decimal("0.10"))


def test_no_tax_is_a_rate_and_the_whole_is_none():
    assert apply("hikari-line", "consumption_tax", lines=(1000,), rate=Decimal(0)).tax == 0
    with pytest.raises(FactsError):
        apply("hikari-line", "consumption_tax", lines=(1000,), rate=Decimal(1))
