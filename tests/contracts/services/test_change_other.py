"""What no other service changes: where the line ends, or something in words."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from contracts.models import Line
from contracts.services.change_other import change_other
from notices.models import Notice
from tests import factories
from workflow.models import StateChange

pytestmark = pytest.mark.django_db

DAY = date(2025, 8, 1)


def test_the_line_ends_elsewhere_and_the_subscriber_is_told():
    contract = factories.contract("hikari-line")
    change = change_other(
        contract=contract, by=factories.staff(), on=DAY, terminal_point="2階 書斎", words="入口は裏手"
    )
    assert Line.objects.get(pk=contract.line_id).terminal_point == "2階 書斎"
    assert (change.on, change.reason) == (DAY, "終端の場所：2階 書斎／入口は裏手")
    assert change.article == str(contract.pack(DAY).other_change.article)
    assert Notice.objects.get(occasion="change_done").facts["details"] == [
        "終端の場所：2階 書斎",
        "入口は裏手",
    ]


def test_words_alone_leave_the_line_as_it_is():
    contract = factories.contract("hikari-line", line=factories.line("hikari-line", terminal_point="玄関"))
    change_other(contract=contract, by=factories.staff(), on=DAY, words="請求書の宛名に部署を添える")
    assert Line.objects.get(pk=contract.line_id).terminal_point == "玄関"


def test_a_place_that_is_too_long_is_refused_and_nothing_is_kept():
    contract = factories.contract("hikari-line")
    with pytest.raises(ValidationError) as refused:
        change_other(contract=contract, by=factories.staff(), on=DAY, terminal_point="階" * 300)
    assert "terminal_point" in refused.value.message_dict
    assert not Notice.objects.exists()
    assert not StateChange.objects.exists()
