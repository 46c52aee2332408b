"""工事の解除等: hikari-line 41, hikari-phone 40, isp-access 31."""

from typing import Any

import pytest

from tests.terms.apply import apply


def cancelled(code: str, **given: Any) -> tuple[int, int]:
    result = apply(code, "construction_cancelled", **given)
    return result.refund, result.charge


@pytest.mark.article("hikari-line", "41")
@pytest.mark.article("hikari-phone", "40")
@pytest.mark.article("isp-access", "31")
@pytest.mark.parametrize("code", ["hikari-line", "hikari-phone", "isp-access"])
def test_before_the_start_everything_goes_back(code):
    assert cancelled(code, paid=22000, started=False) == (22000, 0)
    assert cancelled(code, paid=0, started=False, cost_so_far=5000) == (0, 0)


@pytest.mark.article("hikari-line", "41")
@pytest.mark.article("isp-access", "31")
@pytest.mark.parametrize("code", ["hikari-line", "isp-access"])
def test_after_the_start_the_part_begun_is_owed_with_tax_and_the_rest_goes_back(code):
    assert cancelled(code, paid=22000, started=True, cost_so_far=5000) == (16500, 5500)
    assert cancelled(code, paid=3300, started=True, cost_so_far=5000) == (0, 5500)
    assert cancelled(code, paid=22000, started=True, cost_so_far=5005) == (16495, 5505)


@pytest.mark.article("hikari-phone", "40")
def test_hikari_phone_keeps_the_full_fee_after_the_start():
    assert cancelled("hikari-phone", paid=22000, started=True, cost_so_far=5000) == (0, 22000)
    assert cancelled("hikari-phone", paid=0, started=True, fee=20000) == (0, 22000)
    assert cancelled("hikari-phone", paid=30000, started=True, fee=20000) == (8000, 22000)
