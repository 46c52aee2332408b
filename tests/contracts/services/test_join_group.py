"""A line joins a group of its building; a member represents it."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from contracts.models import Contract
from contracts.services.carry_out_endings import carry_out_endings
from contracts.services.join_group import join_group, name_representative
from tests import factories
from tests.contracts.grouping import DAY, TERMS, apply, end, group, living
from tests.contracts.grouping import in_english as in_english

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.mark.parametrize(
    ("named", "field"), [("G99999999", "no group of lines"), ("", "not given in this group")]
)
def test_a_number_that_is_no_group_or_not_for_this_product_is_said_at_its_field(named, field):
    detached = factories.product(TERMS)
    with pytest.raises(ValidationError, match=field) as error:
        apply(None, detached, group=named or group().number)
    assert "group" in error.value.message_dict
    assert not Contract.objects.exists()


def test_a_line_in_another_building_does_not_join():
    with pytest.raises(ValidationError, match="ends at another place"):
        apply(group(town="丸の内1-1"))


def test_only_a_member_represents_the_group_and_no_longer_than_it_is_one():
    named = group()
    first, second, *_others = living(named, 4)
    with pytest.raises(ValidationError, match="no member"):
        name_representative(group=named, contract=factories.contract(TERMS), by=factories.staff(), on=DAY)
    name_representative(group=named, contract=first, by=factories.staff(), on=DAY)
    end(first, DAY)
    carry_out_endings(on=DAY + timedelta(1))
    named.refresh_from_db()
    assert named.representative is None
    with pytest.raises(ValidationError, match="in a group already"):
        join_group(group=named, contract=second, by=factories.staff(), on=DAY)
