"""Debts that came with a contract are shown to the one who owes them now, who can pay them, and to nobody else."""

from datetime import date

import pytest
import time_machine

from billing.models import CollectorOrder, Invoice
from contracts.models import Contract
from contracts.services.transfer_contract import transfer_contract
from portal.selectors import owed_by, unpaid_invoices
from tests import collecting, factories
from tests.billing import things
from tests.portal.customers import Customer


def passed(aoba: Customer, terms_code: str) -> tuple[Contract, Invoice]:
    """A contract that somebody else had, with an unpaid invoice of November, and that is aoba's since 5 December."""
    contract = things.contract(terms_code, 4000)
    preparer, approver = things.people()
    things.run_month(
        month=date(2025, 11, 1), by=preparer, approver=approver, at=factories.at(date(2025, 12, 1), 9)
    )
    invoice = things.invoice(contract)
    transfer_contract(
        contract=contract,
        transferee=aoba.subscriber,
        by=factories.staff(),
        on=date(2025, 12, 5),
        effective_on=date(2025, 12, 5),
    )
    return contract, invoice


@pytest.mark.article("hikari-line", "22")
def test_a_debt_that_passed_stands_with_what_the_new_holder_owes_and_can_be_paid(
    aoba: Customer, midori: Customer, settings
) -> None:
    with time_machine.travel(factories.at(date(2025, 12, 6)), tick=False):
        _, debt = passed(aoba, "hikari-line")
        owed = sum(
            invoice.open_amount for invoice in Invoice.objects.filter(account__subscriber=aoba.subscriber)
        )
        page = aoba.see("/invoices/")
        assert "引き継いだ未払い" in page
        assert debt.number in page
        assert f"{owed + debt.open_amount:,}" in page
        assert f"{owed + debt.open_amount:,}" in aoba.see("/")
        former = debt.account.subscriber
        assert owed_by(former, date(2025, 12, 6)).total == 0
        assert not unpaid_invoices(former).exists()
        # The paper itself names somebody else.
        assert aoba.client.get(f"/invoices/{debt.number}/").status_code == 404
        assert debt.number not in midori.see("/invoices/")
        with collecting.serving(settings, lambda body, signature: 200):
            assert midori.client.post(f"/invoices/{debt.number}/pay/card/").status_code == 404
            there = aoba.client.post(f"/invoices/{debt.number}/pay/convenience_store/")["Location"]
        order = CollectorOrder.objects.get()
        assert (order.invoice, order.amount) == (debt, debt.open_amount)
        assert order.receipt_number in aoba.see(there)
        things.record_payment(
            account=debt.account, amount=debt.total, paid_on=date(2025, 12, 6), method="cash", reference="x",
            by=things.people()[0], at=factories.at(date(2025, 12, 6)),
        )  # fmt: skip
        assert "引き継いだ未払い" not in aoba.see("/invoices/")
        assert aoba.client.get(there).status_code == 200


@pytest.mark.article("hikari-phone", "18")
def test_a_debt_that_stayed_behind_is_not_shown_to_the_new_holder(aoba: Customer) -> None:
    with time_machine.travel(factories.at(date(2025, 12, 6)), tick=False):
        _, debt = passed(aoba, "hikari-phone")
        assert debt.number not in aoba.see("/invoices/")
        assert owed_by(debt.account.subscriber, date(2025, 12, 6)).total == debt.open_amount
