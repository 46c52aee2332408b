"""What a settlement gives back: by a credit note where an invoice of ours asked for it, otherwise on the next invoice."""

from datetime import date

import pytest

from billing.models import Charge, CreditNote
from billing.services.give_back import GivenBack, give_back, rated_again, settle_each
from contracts.models import Contract
from tests import factories
from tests.billing import things

JUNE = date(2025, 6, 1)
WHY = GivenBack(source="given", label="精算", reason="誤り")

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _standing(db):
    things.standing()


def billed() -> tuple[Contract, Charge]:
    contract = things.contract("isp-access", amount=6000)
    things.bill(JUNE)
    return contract, contract.charges.get(kind=Charge.Kind.BASE)


def given(charge: Charge, amount: int, *, invoice=None) -> list[Charge]:
    by, at = things.people()[0], factories.at(date(2025, 7, 5))
    return list(give_back(invoice, {charge: amount}, why=WHY, by=by, at=at))


def test_what_our_invoice_asked_for_goes_back_by_a_credit_note():
    _contract, charge = billed()
    assert given(charge, 1000, invoice=charge.invoice) == []
    note = CreditNote.objects.get()
    assert (note.invoice, note.reason) == (charge.invoice, "誤り")
    assert [(line.charge, line.amount) for line in note.lines.all()] == [(charge, 1000)]


def test_no_more_goes_back_than_is_left():
    _contract, charge = billed()
    given(charge, 5000, invoice=charge.invoice)
    given(charge, 5000, invoice=charge.invoice)
    assert sorted(note.lines.get().amount for note in CreditNote.objects.all()) == [1000, 5000]
    assert given(charge, 5000, invoice=charge.invoice) == []
    assert CreditNote.objects.count() == 2


def test_without_an_invoice_it_comes_off_the_next_one():
    _contract, charge = billed()
    (row,) = given(charge, 1000)
    assert (row.kind, row.amount, row.source) == ("adjustment", -1000, f"given:{charge.pk}")
    assert row.name.endswith("（精算）")
    assert not CreditNote.objects.exists()


def test_one_contract_that_cannot_be_settled_does_not_keep_the_others_from_it(caplog):
    (first, one), (second, other) = billed(), billed_beside()

    def settle(contract: Contract, charges: list[Charge]) -> int:
        if contract == first:
            Charge.objects.filter(pk=one.pk).update(name="half done")
            raise ValueError("broken")
        assert charges == [other]
        return 1

    assert settle_each([one, other], settle, of="item change") == 1
    one.refresh_from_db()
    assert one.name != "half done"
    assert str(first) in caplog.text
    assert second.number not in caplog.text


def billed_beside() -> tuple[Contract, Charge]:
    contract = things.contract("hikari-line", amount=5000)
    things.bill(date(2025, 7, 1))
    return contract, contract.charges.filter(kind=Charge.Kind.BASE).earliest("pk")


def test_a_month_is_rated_again_apart_for_each_who_had_the_contract():
    contract = things.contract("hikari-line", amount=6000)
    found = rated_again(contract, JUNE, (date(2025, 6, 16),))
    assert [(charge.period_from.day, charge.amount) for charge in found] == [(1, 3000), (16, 3000)]
