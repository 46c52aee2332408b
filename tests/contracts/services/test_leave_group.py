"""A line leaves its group, and the last one left is told what that costs."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from contracts.services.cancel_contract import cancel_contract
from contracts.services.carry_out_endings import carry_out_endings
from contracts.services.change_product import change_product
from contracts.services.leave_group import leave_group
from contracts.services.relocate_line import relocate_line
from notices.models import Notice
from tests import factories
from tests.contracts.grouping import DAY, TERMS, accept, apply, end, group, living, refusal
from tests.contracts.grouping import in_english as in_english

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.mark.article("hikari-line", "5")
def test_the_last_line_left_is_told_and_no_new_line_comes_to_it():
    named = group()
    first, second, third, last = living(named, 4)
    change_product(
        contract=first, product=factories.product(TERMS), by=factories.staff(), on=DAY
    )  # to menu 1
    relocate_line(
        contract=second, by=factories.staff(), on=DAY, address=factories.ADDRESS | {"town": "丸の内2-2"}
    )
    assert not Notice.objects.filter(occasion="single_line").exists()
    end(third, date(2025, 8, 31))
    carry_out_endings(on=date(2025, 9, 1))
    notice = Notice.objects.get(occasion="single_line")
    assert (notice.recipient, notice.article) == (last.subscriber, "hikari-line 38")
    assert (notice.facts["applies_from"], notice.facts["fee"]) == ("2025-12-02", 10100)
    named.refresh_from_db()
    assert (named.single, named.told_on) == (last, date(2025, 9, 1))
    with pytest.raises(ValidationError, match="no new line"):
        apply(named)


@pytest.mark.article("hikari-line", "5")
def test_an_application_that_waited_when_one_line_was_left_is_refused():
    named = group()
    first, last = living(named, 2)
    waiting = apply(named)
    end(first, date(2025, 8, 31))
    carry_out_endings(on=date(2025, 9, 1))
    named.refresh_from_db()
    assert named.told_on is None, "two lines, one of them asked for"
    cancelled = accept(waiting)
    cancel_contract(contract=cancelled, by=factories.staff(), on=date(2025, 9, 2))
    named.refresh_from_db()
    assert (named.single, named.told_on) == (last, date(2025, 9, 2))


@pytest.mark.article("hikari-line", "5")
def test_a_group_whose_lines_are_all_gone_is_set_up_anew():
    named = group("mini")
    last, *_gone = living(named, 1)
    waiting = apply(named)
    leave_group(contract=last, by=factories.staff(), on=DAY)
    assert "has 1 lines" in str(refusal(waiting))
