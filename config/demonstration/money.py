"""Billing: the monthly run, and subscribers who pay on time, late, or not at all."""

from datetime import date, timedelta
from enum import Enum
from functools import partial

from billing.models import BillingAccount, CollectorOrder, Invoice, Payment
from billing.services.open_collector_order import open_collector_order
from billing.services.record_payment import record_payment
from billing.services.run_month import run_month
from config.collector import STORE_LIMIT
from config.demonstration.tills import Tills
from config.demonstration.world import World
from terms.calendar import Month


class Habit(Enum):
    """How somebody pays: the days from the due date to the payment, or None for never."""

    PUNCTUAL = "punctual"
    LATE = "late"
    AFTER_SUSPENSION = "after suspension"
    NEVER = "never"

    def days(self, world: World) -> int | None:
        """Days between the due date and the payment of one invoice."""
        match self:
            case Habit.PUNCTUAL:
                return world.rng.choice([0, 0, 0, 0, -3])
            case Habit.LATE:
                return world.rng.choice([0, 0, 4, 9, 12, 17, 26])
            case Habit.AFTER_SUSPENSION:
                return world.rng.choice([0, 35, 50, 60])
            case Habit.NEVER:
                return None


WEIGHTS = {Habit.PUNCTUAL: 84, Habit.LATE: 10, Habit.AFTER_SUSPENSION: 4, Habit.NEVER: 2}
PAID_BY = {
    BillingAccount.Method.ACCOUNT_TRANSFER: Payment.Method.ACCOUNT_TRANSFER,
    BillingAccount.Method.BANK_DEPOSIT: Payment.Method.BANK_DEPOSIT,
}


class Payers:
    """Remembers each account's habit and plans its payments."""

    def __init__(self, world: World, tills: Tills) -> None:
        self.world = world
        self.tills = tills
        self.habits: dict[int, Habit] = {}

    def bill_last_month(self) -> None:
        """Run the month that is over: one person prepares it, a second one approves; then everybody plans to pay."""
        world = self.world
        month = Month.of(world.today - timedelta(days=1))
        run = run_month(
            month=date(month.year, month.month, 1),
            by=world.staff["billing"],
            approver=world.staff["billing2"],
            at=world.at(9),
        )
        invoices = (
            Invoice.objects.filter(run=run, state=Invoice.State.ISSUED)
            .select_related("account")
            .order_by("id")
        )
        for invoice in invoices:
            world.tally[f"invoices issued: {invoice.terms_code}"] += 1
            world.tally["yen invoiced"] += invoice.total
            self._plan(invoice)
        world.tally["parked contracts"] += run.parked.count()

    def _plan(self, invoice: Invoice) -> None:
        world = self.world
        if invoice.account_id not in self.habits:
            self.habits[invoice.account_id] = world.rng.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]
        days = self.habits[invoice.account_id].days(world)
        if days is not None and invoice.due_on and invoice.open_amount > 0:
            world.on(invoice.due_on + timedelta(days=days), partial(self._pay, invoice))

    def _pay(self, invoice: Invoice) -> None:
        world = self.world
        invoice.refresh_from_db()
        if invoice.open_amount <= 0 or invoice.state != Invoice.State.ISSUED:
            return
        # Large sums are taken at no till.
        if invoice.account.method in CollectorOrder.Method and invoice.open_amount <= STORE_LIMIT:
            amount = self._pay_by_collector(invoice)
        else:
            amount = self._pay_by_bank(invoice)
        late = invoice.due_on is not None and world.today > invoice.due_on
        world.tally["payments: late" if late else "payments: on time"] += 1
        world.tally["yen received"] += amount

    def _pay_by_collector(self, invoice: Invoice) -> int:
        """In the portal: the order, then the collector's page or a till."""
        world = self.world
        order = open_collector_order(
            invoice=invoice,
            method=invoice.account.method,
            collector=self.tills.collector,
            return_url=lambda order: f"http://127.0.0.1/invoices/{order.invoice.number}/orders/{order.pk}/",
            by=invoice.account.subscriber.user or world.staff["billing"],
            at=world.at(14),
        )
        if order.method == CollectorOrder.Method.CARD and world.chance(0.05):
            self.tills.tell(order, "failed", at=world.at(14, 5))
            world.tally["collector: a card is declined"] += 1
            return self._pay_by_bank(invoice)
        self.tills.tell(order, "paid", at=world.at(15))
        world.tally[f"collector: paid by {order.method}"] += 1
        return order.amount

    def _pay_by_bank(self, invoice: Invoice) -> int:
        world = self.world
        # Once in a while somebody types a round sum at the bank.
        amount = invoice.open_amount + (500 if world.chance(0.01) else 0)
        record_payment(
            account=invoice.account,
            amount=amount,
            paid_on=world.today,
            method=PAID_BY.get(BillingAccount.Method(invoice.account.method), Payment.Method.BANK_DEPOSIT),
            reference=f"{world.today:%Y%m%d}-{invoice.number}",
            by=world.staff["billing"],
            at=world.at(15),
        )
        return amount
