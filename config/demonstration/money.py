"""Billing: the monthly run, and subscribers who pay on time, late, or not at all."""

from datetime import date, timedelta
from enum import Enum
from functools import partial

from billing.debts import connected
from billing.importing.columns import USAGE
from billing.models import (
    ArrearsStep,
    BillingAccount,
    CollectorOrder,
    HeldInvoice,
    Invoice,
    ParkedContract,
    PartnerClaim,
    Payment,
)
from billing.selectors import open_invoices
from billing.services.abandon_run import abandon_run
from billing.services.cure_arrears import UNPAID
from billing.services.decide_held import leave_out, release_held
from billing.services.import_usage import import_usage
from billing.services.make_papers import paper_of
from billing.services.open_collector_order import open_collector_order
from billing.services.prepare_run import prepare_run
from billing.services.rate_run import rate_run
from billing.services.record_payment import record_payment
from billing.services.run_month import run_month
from config.collector import STORE_LIMIT
from config.demonstration.papers import DISCLOSED
from config.demonstration.partners import arrears_told
from config.demonstration.sanctions import ENFORCED
from config.demonstration.tills import Tills
from config.demonstration.transfers import Bank
from config.demonstration.world import World, of_article
from contracts.models import Contract, Ending, LineGroupMember, Product
from contracts.models.contract import LIVE_STATES
from contracts.services.tell_arrears_to_partner import ARREARS_TO_PARTNER
from terms.calendar import Month
from terms.registry import pack_for


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
UNTIL_SUSPENDED, UNTIL_TOLD = timedelta(days=100), timedelta(days=60)
"""From an invoice that is not paid to the suspension, and to the day on which a partner is told of it, at the longest."""
WITHDRAWN = "contract withdraw_ending"
LEFT_OUT = "実費の内訳を確認中のため"
NOT_PAID = 0.05
"""How many of the orders at the collector come to nothing: a card is declined, nobody comes to the till."""
_NOT_PAID = {CollectorOrder.Method.CARD: "fail", CollectorOrder.Method.CONVENIENCE_STORE: "expire"}
_TOLD = {"fail": "failed", "expire": "expired"}
ROUND = 0.02
MISNAMED = 0.1
"""How often somebody pays a round sum, and how often under another name than that of the account."""


class Payers:
    """Remembers each account's habit and plans its payments."""

    def __init__(self, world: World, tills: Tills) -> None:
        self.world = world
        self.tills = tills
        self.habits: dict[int, Habit] = {}
        self.bank = Bank(world, self._has_money)
        self._debited: set[int] = set()
        self._reliable: set[int] = set()

    def bill_last_month(self) -> None:
        """Run the month that is over: one person prepares it, a second one approves; then everybody plans to pay."""
        world = self.world
        month = Month.of(world.today - timedelta(days=1)).first
        _measure_use(world, month)
        if not world.tally["billing run abandoned"]:
            _run_in_vain(world, month)
        run = prepare_run(month=month, by=world.staff["billing"], at=world.at(9))
        rate_run(run=run, by=world.staff["billing"], at=world.at(9), here=True)
        for held in HeldInvoice.objects.filter(invoice__run=run, released_at=None):
            _look_at(world, held)
        run = run_month(
            month=month, by=world.staff["billing"], approver=world.staff["billing2"], at=world.at(10)
        )
        invoices = list(
            Invoice.objects.filter(run=run, state=Invoice.State.ISSUED)
            .select_related("account__subscriber")
            .order_by("id")
        )
        for invoice in invoices:
            world.tally[f"invoices issued: {invoice.terms_code}"] += 1
            world.tally["yen invoiced"] += invoice.total
            self._plan(invoice)
        debited = (
            each
            for each in invoices
            if each.account.method == BillingAccount.Method.ACCOUNT_TRANSFER and each.due_on
        )
        for due_on in sorted({invoice.due_on for invoice in debited if invoice.due_on}):
            self.bank.ask(due_on)
        if invoices:
            # The first of those who look at their PDFs, which are made when they are looked at.
            paper_of(invoice=invoices[0], at=world.at(12))
        world.tally["parked contracts"] += run.parked.exclude(reason=LEFT_OUT).count()

    def _plan(self, invoice: Invoice) -> None:
        world = self.world
        if invoice.account_id not in self.habits:
            if LineGroupMember.objects.filter(contract__subscriber=invoice.account.subscriber_id).exists():
                # A debt would end the group before its last line costs what its subscriber was told.
                self.habits[invoice.account_id] = Habit.PUNCTUAL
                self._reliable.add(invoice.account_id)
            else:
                self.habits[invoice.account_id] = self._habit(invoice)
        if self._wanted_unpaid(invoice):
            self.habits[invoice.account_id] = Habit.NEVER
        days = self.habits[invoice.account_id].days(world)
        if (
            invoice.account.method == BillingAccount.Method.ACCOUNT_TRANSFER
            and days is not None
            and days <= 0
        ):
            self._debited.add(invoice.pk)
        elif days is not None and invoice.due_on and invoice.open_amount > 0:
            world.on(invoice.due_on + timedelta(days=days), partial(self._pay, invoice))

    def _habit(self, invoice: Invoice) -> Habit:
        """By chance; but somebody under each document never pays."""
        nobody = f"never pays: {invoice.terms_code}"
        habit = self.world.rng.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]
        habit = habit if self.world.tally[nobody] > 1 else Habit.NEVER
        self.world.tally[nobody] += habit == Habit.NEVER
        return habit

    def _wanted_unpaid(self, invoice: Invoice) -> bool:
        """Whether a debt under the document never led to a suspension yet, or an unpaid claim of a partner to telling it so: then
        this one is not paid, nor what comes after it."""
        world, pack = self.world, pack_for(invoice.terms_code, self.world.today)
        if invoice.open_amount <= 0 or invoice.account_id in self._reliable:
            return False
        unpaid = (
            [ground for ground in pack.suspension.grounds if ground.code == UNPAID] if pack.suspension else []
        )
        wanted = world.untried(ENFORCED, unpaid, of_article)
        for ground in wanted:
            world.take_up(ENFORCED, of_article(ground), patience=UNTIL_SUSPENDED)
        told = f"{pack.code} {ARREARS_TO_PARTNER}"
        if (
            not wanted
            and arrears_told(pack)
            and world.untried(DISCLOSED, [told], str)
            and PartnerClaim.objects.filter(charge__invoice=invoice).exists()
        ):
            world.take_up(DISCLOSED, told, patience=UNTIL_TOLD)
            return True
        return bool(wanted)

    def _has_money(self, invoice: Invoice) -> bool:
        return invoice.pk in self._debited

    def pay_at_last(self) -> None:
        """Somebody whose contract is to end for a debt pays before its last day."""
        if not self.world.untried("moved", [WITHDRAWN], str):
            return
        ending = Ending.objects.filter(
            by=Ending.By.OPERATOR, withdrawn_on__isnull=True, contract__state=Contract.State.ENDING, ends_on__gt=self.world.today,
            pk__in=ArrearsStep.objects.values("ending"),
        ).order_by("ends_on", "pk").first()  # fmt: skip
        if ending is None:
            return
        own = BillingAccount.objects.get(subscriber=ending.contract.subscriber)
        for account in BillingAccount.objects.filter(pk__in=connected([own.pk])):
            owed = sum(invoice.open_amount for invoice in open_invoices(account=account))
            if owed:
                record_payment(
                    account=account,
                    amount=owed,
                    paid_on=self.world.today,
                    method=Payment.Method.CONVENIENCE_STORE,
                    reference=f"{self.world.today:%Y%m%d}-{account.pk}",
                    by=self.world.staff["billing"],
                    at=self.world.at(12),
                )
        # Another one does where more stood in the way than the money.
        self.world.take_up("moved", WITHDRAWN, patience=timedelta(days=1))

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
        told = _NOT_PAID[CollectorOrder.Method(order.method)]
        if world.untried("moved", [f"collectororder {told}"], str) or world.chance(NOT_PAID):
            world.take_up("moved", f"collectororder {told}")
            self.tills.tell(order, _TOLD[told], at=world.at(14, 5))
            return self._pay_by_bank(invoice)
        self.tills.tell(order, "paid", at=world.at(15))
        if world.untried("moved", ["collectororder reverse"], str):
            world.take_up("moved", "collectororder reverse")
            world.within(3, 8, partial(self._take_back, order))
        world.tally[f"collector: paid by {order.method}"] += 1
        return order.amount

    def _take_back(self, order: CollectorOrder) -> None:
        """The collector takes it back; the debt is there again, and is paid at the bank."""
        self.tills.tell(order, "reversed", at=self.world.at(10))
        self.world.within(5, 10, partial(self._pay_anew, order.invoice))

    def _pay_anew(self, invoice: Invoice) -> None:
        invoice.refresh_from_db()
        if invoice.is_open:
            self._pay_by_bank(invoice)

    def _pay_by_bank(self, invoice: Invoice) -> int:
        world = self.world
        # Once in a while somebody types a round sum at the bank.
        amount = invoice.open_amount + (500 if world.chance(ROUND) else 0)
        payer = "ヤマダタロウ" if world.chance(MISNAMED) else invoice.account.subscriber.name_kana
        self.bank.arrive(payer, amount)
        return amount


def _measure_use(world: World, month: date) -> None:
    """The measured use of the metered lines, as the network hands it over."""
    metered = Contract.objects.filter(
        product__per=Product.Per.USE, service_start__lt=world.today, state__in=LIVE_STATES, line__isnull=False
    )
    lines = metered.order_by("pk").values_list("line__number", flat=True).distinct()
    rows = [f"{line},{month:%Y-%m},{world.rng.randint(10, 900) * 10}" for line in lines]
    if rows:
        data = "\n".join([",".join(column.name for column in USAGE), *rows]).encode()
        world.tally["lines whose use was measured"] += import_usage(data=data)


def _look_at(world: World, held: HeldInvoice) -> None:
    """What is odd is looked at: the first is left out until its papers are there, which show that it is right."""
    billing, at = world.staff["billing"], world.at(9, 30)
    if not ParkedContract.objects.exists():
        leave_out(held=held, by=billing, at=at, reason=LEFT_OUT)
        world.tally["held drafts left out"] += 1
    else:
        release_held(held=held, by=billing, at=at, reason="工事費等を含むことを確認した")
        world.tally["held drafts released"] += 1


def _run_in_vain(world: World, month: date) -> None:
    """A run is looked at and dropped; its month is run anew."""
    billing = world.staff["billing"]
    run = prepare_run(month=month, by=billing, at=world.at(7))
    rate_run(run=run, by=billing, at=world.at(7, 30), here=True)
    abandon_run(run=run, by=billing, at=world.at(8), reason="計測データの取込み前に始めたため")
    world.tally["billing run abandoned"] += 1
