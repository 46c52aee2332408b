"""約款の変更: business-network 4, hikari-phone 3, hikari-line 2, line-info-api 2; isp-access 2 sets no number."""

import pytest

from terms.errors import NoSuchRule
from tests.terms.apply import apply, day


@pytest.mark.article("business-network", "4")
@pytest.mark.parametrize(
    ("posted", "effective"),
    [("2025-06-01", "2025-07-01"), ("2025-01-31", "2025-03-02"), ("2024-01-31", "2024-03-01")],
)
def test_business_network_changes_bind_thirty_days_after_posting(posted, effective):
    assert apply("business-network", "terms_change_effective", posted=day(posted)).effective == day(effective)


@pytest.mark.article("hikari-phone", "3")
@pytest.mark.article("hikari-line", "2")
@pytest.mark.article("line-info-api", "2")
@pytest.mark.parametrize("code", ["hikari-phone", "hikari-line", "line-info-api"])
def test_the_others_can_bind_on_posting(code):
    assert apply(code, "terms_change_effective", posted=day("2025-06-01")).effective == day("2025-06-01")


@pytest.mark.article("isp-access", "2")
def test_isp_access_asks_for_a_reasonable_period_and_gives_no_number():
    with pytest.raises(NoSuchRule):
        apply("isp-access", "terms_change_effective", posted=day("2025-06-01"))
