"""手続に関する料金: hikari-line 39, hikari-phone 39, isp-access 30."""

import pytest

from tests.terms.apply import apply


@pytest.mark.article("hikari-phone", "39")
@pytest.mark.article("isp-access", "30")
@pytest.mark.parametrize("code", ["hikari-phone", "isp-access"])
def test_the_fee_goes_back_before_the_work_or_procedure_begins_and_not_after(code):
    before, after = (apply(code, "handling_fee", fee=880, begun=begun) for begun in (False, True))
    assert (before.due, before.refund) == (False, 880)
    assert (after.due, after.refund) == (True, 0)


@pytest.mark.article("hikari-line", "39")
def test_hikari_line_never_gives_it_back():
    result = apply("hikari-line", "handling_fee", fee=880, begun=False)
    assert (result.due, result.refund) == (True, 0)
