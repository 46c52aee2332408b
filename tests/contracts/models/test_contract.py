"""What the database itself guarantees of contracts."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from contracts.models import Contract
from contracts.models.numbering import contract_number
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.article("hikari-line", "8")
@pytest.mark.article("hikari-phone", "8")
@pytest.mark.article("isp-access", "5")
@pytest.mark.parametrize("terms_code", ["hikari-line", "hikari-phone", "isp-access"])
def test_a_line_has_one_live_contract_at_a_time(terms_code):
    first = factories.contract(terms_code, start=date(2025, 4, 1))
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.contract(terms_code, line=first.line, start=date(2025, 6, 1))
    Contract.objects.filter(pk=first.pk).update(live=(date(2025, 4, 1), date(2025, 6, 1)))
    assert factories.contract(terms_code, line=first.line, start=date(2025, 6, 1)).is_live


def test_contracts_without_a_line_do_not_stand_in_each_others_way():
    factories.contract(line=None)
    factories.contract(line=None)
    assert Contract.objects.count() == 2


def test_numbers_never_repeat():
    drawn = [contract_number() for _ in range(50)]
    assert len(set(drawn)) == 50
    assert all(number.startswith("C") and len(number) == 9 for number in drawn)


def test_a_contract_cannot_end_before_it_was_formed():
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.contract(start=date(2025, 4, 1), ends_on=date(2025, 3, 31))


@pytest.mark.parametrize("state", ["accepted", "active", "paused", "suspended", "halted", "ending"])
def test_a_contract_binds_from_its_acceptance_to_its_end(state):
    assert factories.contract(state=state).is_live


@pytest.mark.parametrize("state", ["applied", "ended", "refused", "withdrawn", "cancelled"])
def test_before_and_after_it_binds_nobody(state):
    assert not factories.contract(state=state).is_live
