"""From whom a line comes is kept with its approval number (転用, 事業者変更)."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from contracts.models import LineOrigin
from contracts.services.keep_origin import keep_origin
from tests import factories

pytestmark = pytest.mark.django_db

DAY = date(2025, 8, 1)


def test_a_new_line_comes_from_nobody():
    assert keep_origin(factories.contract("hikari-line"), {}, on=DAY) is None
    assert not LineOrigin.objects.exists()


@pytest.mark.parametrize("since", ["2025-01-01", ""])
def test_the_number_is_kept_as_it_is_written_on_paper_without_its_dashes(since):
    details = {"moved_by": "conversion", "approval_number": "e12345-67890", "discounted_since": since}
    origin = keep_origin(factories.contract("hikari-line"), details, on=DAY)
    assert origin.approval_number == "E1234567890"
    assert origin.discounted_since == (date.fromisoformat(since) if since else None)


@pytest.mark.parametrize(
    ("details", "field"),
    [
        ({"approval_number": "E1234567890"}, "moved_by"),
        ({"moved_by": "conversion"}, "approval_number"),
        ({"moved_by": "conversion", "approval_number": "F1234567890"}, "approval_number"),
        ({"moved_by": "provider_change", "approval_number": "F0731000001"}, "approval_number"),
    ],
)
def test_a_number_without_its_kind_of_another_form_or_over_is_said_at_its_field(details, field):
    with pytest.raises(ValidationError) as error:
        keep_origin(factories.contract("hikari-line"), details, on=DAY)
    assert list(error.value.message_dict) == [field]
    assert not LineOrigin.objects.exists()
