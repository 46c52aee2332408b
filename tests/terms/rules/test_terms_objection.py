"""約款の変更への異議: isp-access 2."""

import pytest

from tests.terms.apply import apply, at, day


@pytest.mark.article("isp-access", "2")
@pytest.mark.parametrize(
    ("received", "ends"),
    [
        ("2025-03-01T09:00:00", True),
        ("2025-04-01T00:00:00", True),
        ("2025-04-01T23:59:59", True),
        ("2025-04-02T00:00:00", False),
        ("2025-04-01T14:59:59+00:00", True),
        ("2025-04-01T15:00:00+00:00", False),
    ],
)
def test_an_objection_received_by_the_end_of_the_effective_day_ends_the_contract_on_it(received, ends):
    result = apply("isp-access", "terms_objection", effective=day("2025-04-01"), received=at(received))
    assert result.ends is ends
    assert result.ends_on == (day("2025-04-01") if ends else None)


@pytest.mark.article("line-info-api", "2")
@pytest.mark.article("hikari-line", "2")
@pytest.mark.article("hikari-phone", "3")
@pytest.mark.article("business-network", "4")
@pytest.mark.parametrize("code", ["line-info-api", "hikari-line", "hikari-phone", "business-network"])
def test_the_other_documents_know_no_objection(code):
    assert (
        apply(code, "terms_objection", effective=day("2025-04-01"), received=at("2025-03-01T09:00")).ends
        is False
    )
