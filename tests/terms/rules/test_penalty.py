"""割増金: hikari-line 44, hikari-phone 42, isp-access 33; business-network has none."""

from decimal import Decimal

import pytest

from terms.errors import FactsError
from tests.terms.apply import apply


@pytest.mark.article("hikari-line", "44")
@pytest.mark.article("hikari-phone", "42")
@pytest.mark.article("isp-access", "33")
@pytest.mark.parametrize("code", ["hikari-line", "hikari-phone", "isp-access"])
def test_the_penalty_is_twice_the_evaded_sum_with_tax_rounded_down_once(code):
    assert apply(code, "penalty", evaded=5000).amount == 11000
    assert apply(code, "penalty", evaded=3333).amount == 7332


@pytest.mark.article("hikari-line", "44")
@pytest.mark.article("hikari-phone", "42")
@pytest.mark.parametrize("code", ["hikari-line", "hikari-phone"])
def test_no_tax_is_added_to_what_is_not_taxed(code):
    assert apply(code, "penalty", evaded=620, taxable=False).amount == 1240


@pytest.mark.article("isp-access", "33")
def test_isp_access_adds_tax_always():
    assert apply("isp-access", "penalty", evaded=620, taxable=False).amount == 1364


@pytest.mark.article("hikari-line", "44")
def test_the_rate_of_tax_in_force_applies():
    assert apply("hikari-line", "penalty", evaded=5000, tax_rate=Decimal("0.08")).amount == 10800


@pytest.mark.article("business-network", "1")
@pytest.mark.article("line-info-api", "19")
@pytest.mark.parametrize("code", ["business-network", "line-info-api"])
def test_a_document_without_a_penalty_asks_for_none(code):
    assert apply(code, "penalty", evaded=5000).amount == 0


def test_an_evaded_sum_below_zero_is_refused():
    with pytest.raises(FactsError, match="evaded"):
        apply("hikari-line", "penalty", evaded=-1)
