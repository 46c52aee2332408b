"""免責と消費者契約: isp-access 40."""

import pytest

from tests.terms.apply import apply


@pytest.mark.article("isp-access", "40")
def test_a_consumer_is_owed_the_loss_up_to_one_months_fee():
    assert apply("isp-access", "consumer_liability", loss=5000, fee=6000).amount == 5000
    assert apply("isp-access", "consumer_liability", loss=50000, fee=6000).amount == 6000


@pytest.mark.article("isp-access", "40")
def test_gross_negligence_has_no_limit():
    result = apply("isp-access", "consumer_liability", loss=50000, fee=6000, gross_negligence=True)
    assert (result.amount, result.limit) == (50000, None)
