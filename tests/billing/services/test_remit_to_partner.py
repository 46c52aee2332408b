"""What partners are paid of their charges on our invoices (hikari-line 46, 59)."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.utils import DatabaseError

from billing.books.journal import trial_balance, unbalanced
from billing.models import (
    CollectionAgency,
    Invoice,
    PartnerClaim,
    PartnerRemittance,
)
from billing.partner_dues import remittable
from billing.partner_files import statement_lines
from billing.services.abolish_collection import abolish_collection
from billing.services.close_month import close_month
from billing.services.issue_credit_note import issue_credit_note
from billing.services.remit_to_partner import (
    approve_remittance,
    note_remitted,
    propose_remittance,
    reject_remittance,
)
from billing.services.undo_payment import undo_payment
from billing.services.void_invoice import void_invoice
from contracts.models import Contract, Partner
from contracts.services.record_consents import record_consents
from tests import factories
from tests.billing import things
from tests.billing.services.test_partner_claims import MAY, ON, agree, balances, carrier, enter
from tests.billing.services.test_take_partner_receipt import answered, by_partner, listed, taken
from workflow.errors import NotPermitted, WrongState

__all__ = ["carrier"]

DUE = date(2025, 6, 27)
END = date(2025, 6, 30)
AT = factories.at(END, 12)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _standing(db):
    things.standing()


def bought(carrier: Partner, amount: int = 3300, **fields) -> Contract:
    """A contract on whose invoice of May a charge of the carrier stands that we bought."""
    contract = things.contract("hikari-line", 6000)
    record_consents(contract=contract, by=things.people()[0], at=factories.at(ON), form="written")
    enter(contract, carrier, "purchased", amount=amount, **fields)
    return contract


def as_agent(carrier: Partner, amount: int = 3300, **fields) -> Contract:
    """The same with one that we collect as its agent."""
    contract = things.contract("hikari-line", 6000)
    agree(contract, carrier)
    enter(contract, carrier, "agency", amount=amount, **fields)
    return contract


def proposed(carrier: Partner, *, through: date = END, fee: int = 0, at=AT) -> PartnerRemittance:
    return propose_remittance(partner=carrier, through=through, fee=fee, by=things.people()[0], at=at)


def remitted(carrier: Partner, **fields) -> PartnerRemittance:
    remittance = proposed(carrier, **fields)
    approver, at = things.people()[1], fields.get("at", AT)
    approve_remittance(remittance=remittance, by=approver, at=at)
    return note_remitted(remittance=remittance, remitted_on=fields.get("through", END), by=approver, at=at)


def owed(carrier: Partner, through: date = END) -> list[int]:
    return [due.amount for due in remittable(carrier, through=through)]


@pytest.mark.article("hikari-line", "46")
def test_a_bought_charge_is_owed_from_our_invoice_on_whether_or_not_it_is_paid(carrier):
    bought(carrier)
    assert owed(carrier) == []
    things.bill(MAY)
    assert owed(carrier, date(2025, 5, 31)) == []
    assert owed(carrier) == [3300]


@pytest.mark.article("hikari-line", "59")
def test_what_we_collect_as_agent_is_owed_when_its_invoice_is_paid_in_full(carrier):
    contract = as_agent(carrier)
    things.bill(MAY)
    assert owed(carrier) == []
    things.pay(contract, 5000, DUE)
    assert owed(carrier) == []
    things.pay(contract, 4900, END)
    assert owed(carrier, DUE) == []
    assert owed(carrier) == [3300]


@pytest.mark.article("hikari-line", "59")
def test_a_remittance_is_proposed_agreed_to_by_a_second_person_and_paid(carrier):
    things.pay(billed := as_agent(carrier), 1, ON)
    things.bill(MAY)
    things.pay(billed, 9899, DUE)
    remittance = proposed(carrier, fee=300)
    assert (remittance.collected, remittance.fee, remittance.fee_tax, remittance.amount) == (
        3300,
        300,
        30,
        2970,
    )
    with pytest.raises(NotPermitted):
        approve_remittance(remittance=remittance, by=things.people()[0], at=AT)
    with pytest.raises(WrongState):
        note_remitted(remittance=remittance, remitted_on=END, by=things.people()[1], at=AT)
    assert balances()["partners"] == -3300
    approve_remittance(remittance=remittance, by=things.people()[1], at=AT)
    assert balances()["partners"] == -3300
    note_remitted(remittance=remittance, remitted_on=END, by=things.people()[1], at=AT)
    found = balances()
    assert (found["partners"], found["bank"]) == (0, 9900 - 2970)
    assert (found["sales"], found["tax"]) == (-6000 - 300, -600 - 30)
    assert unbalanced() == []
    with pytest.raises(ValidationError, match="owed nothing"):
        proposed(carrier)


@pytest.mark.article("hikari-line", "46")
@pytest.mark.article("hikari-line", "59")
def test_the_register_shows_what_a_partner_is_told_by_its_statement_once_it_is_agreed_to(carrier):
    purchase, agency = bought(carrier), as_agent(carrier, reference="A-2")
    enter(purchase, carrier, "purchased", amount=700, reference="A-3")
    things.bill(MAY)
    things.pay(agency, 9900, DUE)

    def told(contract: Contract) -> list[tuple[str, list[str], str]]:
        found = contract.disclosures.filter(partner=carrier, reference__startswith="remittance-")
        return [(entry.article, entry.items, entry.answer) for entry in found]

    rejected = proposed(carrier)
    reject_remittance(remittance=rejected, by=things.people()[1], at=AT, reason="手数料が違う")
    remittance = proposed(carrier)
    assert (told(purchase), told(agency)) == ([], [])
    approve_remittance(remittance=remittance, by=things.people()[1], at=AT)
    assert told(purchase) == [("hikari-line 46-1", ["billing_data"], "given")]
    assert told(agency) == [("hikari-line 59-1", ["payment_status"], "given")]


def test_the_statement_names_each_charge_and_comes_to_what_is_paid(carrier):
    first, second = bought(carrier), bought(carrier, 1100, reference="=A-2")
    things.bill(MAY)
    remittance = proposed(carrier, fee=400)
    lines = "".join(statement_lines(remittance)).lstrip("\ufeff").splitlines()
    assert lines[0].startswith("照会番号,契約番号")
    assert lines[1].split(",")[:2] == ["A-1", first.number]
    assert lines[1].endswith(f",{things.invoice(first).number},3300")
    # No spreadsheet takes a carrier's reference for a formula.
    assert lines[2].split(",")[:2] == ["'=A-2", second.number]
    assert [line.split(",")[-1] for line in lines[3:]] == ["4400", "-400", "-40", "3960"]
    assert [line.split(",")[0] for line in lines[3:]] == ["合計", "回収手数料", "消費税（10%）", "差引送金額"]


def test_a_rejected_remittance_leaves_everything_owed(carrier):
    bought(carrier)
    things.bill(MAY)
    remittance = proposed(carrier)
    with pytest.raises(ValidationError, match="under way|owed nothing"):
        proposed(carrier)
    reject_remittance(remittance=remittance, by=things.people()[1], at=AT, reason="手数料が違う")
    assert owed(carrier) == [3300]
    assert remitted(carrier).amount == 3300
    assert balances()["partners"] == 0


def test_a_charge_that_comes_while_a_remittance_is_under_way_waits_for_the_next(carrier):
    bought(carrier)
    things.bill(MAY)
    remittance = proposed(carrier)
    bought(carrier, 500, reference="B-1")
    things.bill(date(2025, 6, 1))
    later = date(2025, 7, 31)
    assert owed(carrier, later) == [500]
    with pytest.raises(ValidationError, match="under way"):
        proposed(carrier, through=later, at=factories.at(later, 12))
    assert remittance.lines.count() == 1


@pytest.mark.article("hikari-line", "59")
def test_what_is_no_longer_the_partners_is_taken_off_the_next_remittance(carrier):
    paid, other = as_agent(carrier), as_agent(carrier, 5000, reference="A-2")
    things.bill(MAY)
    payment = things.pay(paid, 9900, DUE)
    remitted(carrier)
    undo_payment(payment=payment, by=things.people()[0], at=AT, reason="他人の入金")
    assert owed(carrier) == [-3300]
    with pytest.raises(ValidationError, match="owed nothing"):
        proposed(carrier)
    things.pay(other, 11600, END)
    assert owed(carrier) == [-3300, 5000]
    assert remitted(carrier).amount == 1700
    assert balances()["partners"] == -3300  # owed again once the first subscriber pays
    things.pay(paid, 9900, END)
    assert owed(carrier) == [3300]


def test_what_a_credit_note_gave_back_is_not_owed(carrier):
    contract = bought(carrier)
    things.bill(MAY)
    charge = PartnerClaim.objects.get().charge
    issue_credit_note(
        invoice=things.invoice(contract),
        amounts={charge.pk: 1000},
        by=things.people()[0],
        at=AT,
        reason="誤り",
    )
    assert owed(carrier) == [2300]
    remitted(carrier)
    assert balances()["partners"] == 0


@pytest.mark.article("hikari-line", "59")
def test_a_charge_follows_the_invoice_that_takes_the_place_of_a_void_one(carrier):
    contract = as_agent(carrier)
    things.bill(MAY)
    void_invoice(invoice=things.invoice(contract), by=things.people()[0], at=AT, reason="宛名", reissue=True)
    again = Invoice.objects.get(state="issued")
    assert PartnerClaim.objects.get().charge.invoice == again
    things.pay(contract, 9900, END)
    assert owed(carrier) == [3300]
    # And so it is handed back, when the collection is abolished before it is paid.
    second = as_agent(carrier, reference="A-2")
    things.bill(date(2025, 6, 1))
    void_invoice(
        invoice=things.invoice(second), by=things.people()[0], at=factories.at(date(2025, 7, 2)), reason="宛名",
        reissue=True,
    )  # fmt: skip
    agency = CollectionAgency.objects.get(contract=second)
    abolish_collection(agency=agency, by=things.people()[0], on=date(2025, 7, 3), reason="契約者の申出")
    assert PartnerClaim.objects.get(reference="A-2").returned_on == date(2025, 7, 3)


def test_days_and_fees_that_cannot_be_are_refused_at_their_field(carrier):
    bought(carrier)
    things.bill(MAY)
    with pytest.raises(ValidationError) as late:
        proposed(carrier, through=END + timedelta(days=1))
    assert set(late.value.message_dict) == {"through"}
    with pytest.raises(ValidationError) as dear:
        proposed(carrier, fee=3000)
    assert set(dear.value.message_dict) == {"fee"}
    remittance = proposed(carrier, fee=2999)
    approve_remittance(remittance=remittance, by=things.people()[1], at=AT)
    for day in (END - timedelta(days=1), END + timedelta(days=1)):
        with pytest.raises(ValidationError) as wrong:
            note_remitted(remittance=remittance, remitted_on=day, by=things.people()[1], at=AT)
        assert set(wrong.value.message_dict) == {"remitted_on"}


def test_the_figures_of_a_remittance_and_the_books_of_a_closed_month_stay(carrier):
    bought(carrier)
    things.bill(MAY)
    remittance = proposed(carrier)
    approve_remittance(remittance=remittance, by=things.people()[1], at=AT)
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        PartnerRemittance.objects.update(collected=9999)
    close_month(month=date(2025, 6, 1), by=things.people()[0], at=factories.at(date(2025, 7, 1)))
    with pytest.raises(IntegrityError, match="closed"), transaction.atomic():
        note_remitted(remittance=remittance, remitted_on=END, by=things.people()[1], at=AT)
    with pytest.raises(DatabaseError, match="Cannot delete"), transaction.atomic():
        remittance.delete()


def test_the_trial_balance_knows_every_account(carrier):
    bought(carrier)
    contract = by_partner(carrier)
    things.bill(MAY)
    remitted(carrier, fee=100)
    taken(carrier, answered(listed(carrier), (6600, "2025-06-20")), fee=10)
    rows = trial_balance(since=date(2025, 1, 1), until=date(2026, 1, 1))
    assert sum(row.balance for row in rows) == 0
    assert all(row.label != row.account for row in rows)
    assert things.invoice(contract).state == "settled"
