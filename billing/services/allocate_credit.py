"""Set what an account paid against its open invoices, in the order of their due dates."""

from datetime import date, datetime

from django.db import transaction

from billing.falling_due import falls_due
from billing.models import Allocation, BillingAccount, Invoice, Payment
from billing.services.charge_late_interest import charge_late_interest
from billing.services.cure_arrears import cure_arrears
from contracts.moments import japan_date
from terms.registry import pack_for, rule_for
from terms.rules.payment_allocation import Debt, PaymentAllocation, PaymentAllocationFacts, payment_allocation
from workflow.models import User
from workflow.services.perform import perform


def allocate_credit(*, account_id: int, by: User, at: datetime) -> list[Allocation]:
    """Allocate every payment of the account that has something left, the oldest first.

    Invoices that are paid are settled, late interest becomes a charge of the next invoice, and suspensions and endings
    for debts that are gone are lifted or withdrawn. What no invoice takes stays on the account as credit.
    """
    on = japan_date(at)
    with transaction.atomic():
        account = (
            BillingAccount.objects.select_for_update(of=("self",))
            .select_related("subscriber")
            .get(pk=account_id)
        )
        payments = account.payments.unused().order_by("paid_on", "id")
        found = [allocation for payment in payments for allocation in _allocate(payment, by, on)]
        if found:
            cure_arrears(account=account, by=by, on=on)
    return found


def _allocate(payment: Payment, by: User, on: date) -> list[Allocation]:
    due = {
        invoice: falls_due(invoice)
        for invoice in Invoice.objects.filter(account_id=payment.account_id, state=Invoice.State.ISSUED)
        .select_related("account")
        .select_for_update(of=("self",))
        if invoice.is_open
    }
    open_invoices = sorted(due, key=lambda invoice: (due[invoice], invoice.pk))
    if not open_invoices:
        return []
    # One payment may meet debts under several documents: the earliest debt's decides, or the law where it is silent.
    rule = rule_for(pack_for(open_invoices[0].terms_code, on), PaymentAllocation)
    debts = tuple(Debt(due=due[invoice], amount=invoice.open_amount) for invoice in open_invoices)
    result = payment_allocation(rule, PaymentAllocationFacts(payment=payment.unallocated, debts=debts))
    made = []
    for invoice, amount in zip(open_invoices, result.allocated, strict=True):
        if amount:
            allocation = Allocation.objects.create(
                payment=payment, invoice=invoice, amount=amount, allocated_on=on
            )
            charge_late_interest(allocation=allocation, paid_before=invoice.paid)
            made.append(allocation)
            if amount == invoice.open_amount:
                perform(invoice, "settle", by=by, on=on, article=rule.article)
    return made
