"""Billing: the files exchanged with the bank: debits asked for and answered, deposits listed."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from itertools import count

from billing.models import BankFile, CollectionAccount, Deposit, Invoice
from billing.services.assign_deposit import assign_deposit, set_deposit_aside, take_deposit_back, undo_match
from billing.services.make_transfer_request import make_transfer_request
from billing.services.take_deposits import take_deposits
from billing.services.take_transfer_result import take_transfer_result
from billing.zengin import account_transfer, deposits
from billing.zengin.kana import to_bank_kana
from config.demonstration.world import World

NOT_ENOUGH = "1"
"""The bank's answer for a balance that does not suffice."""
LEAD, ANSWER = timedelta(days=5), timedelta(days=3)
"""From the request to the debit day, and from there to the bank's answer."""


def our_account() -> CollectionAccount:
    """The demonstration operator's account at its bank; made up."""
    account, _made = CollectionAccount.objects.get_or_create(
        collector_code="0000009999",
        defaults={
            "name_kana": "デモツウシン",
            "bank_code": "0001",
            "branch_code": "001",
            "account_number": "7654321",
        },
    )
    return account


class Bank:
    """Debits those who have money on the day, and lists what arrived."""

    def __init__(self, world: World, has_money: Callable[[Invoice], bool]) -> None:
        self.world = world
        self.account = our_account()
        self._has_money = has_money
        self._arrived: list[tuple[str, int]] = []
        self._numbers = count(1)

    def ask(self, debit_on: date) -> None:
        """The request file for what is due on a day, or as soon as the banks take one; the answer comes after it."""
        debit_on = max(debit_on, self.world.today + LEAD + timedelta(days=1))
        self.world.on(debit_on - LEAD, partial(self._ask, debit_on))

    def _ask(self, debit_on: date) -> None:
        world = self.world
        file = make_transfer_request(
            account=self.account, debit_on=debit_on, by=world.staff["billing"], at=world.at(10)
        )
        world.tally["bank files: debits asked for"] += 1
        assert file.debit_on is not None
        world.on(file.debit_on + ANSWER, partial(self._answer, file))

    def _answer(self, file: BankFile) -> None:
        world = self.world
        asked = account_transfer.read(bytes(file.content))
        invoices = {
            line.customer_number: line.invoice for line in file.lines.select_related("invoice__account")
        }
        answered = tuple(
            debit.answered(
                account_transfer.PAID if self._has_money(invoices[debit.customer_number]) else NOT_ENOUGH
            )
            for debit in asked.debits
        )
        result = account_transfer.Transfer(
            collector=asked.collector, debit_day=asked.debit_day, debits=answered
        )
        take_transfer_result(
            content=account_transfer.write(result, line_ends=self.account.line_ends),
            name=f"kekka-{file.debit_on:%Y%m%d}.txt",
            by=world.staff["billing"],
            at=world.at(9),
        )
        world.tally["bank files: debits answered"] += 1
        paid = sum(debit.amount for debit in answered if debit.result == account_transfer.PAID)
        world.tally["yen received"] += paid
        world.tally["payments: debited"] += sum(d.result == account_transfer.PAID for d in answered)
        world.tally["payments: not debited"] += sum(d.result != account_transfer.PAID for d in answered)

    def arrive(self, payer_kana: str, amount: int) -> None:
        """Somebody pays in at a bank; it stands in today's list."""
        self._arrived.append((payer_kana, amount))

    def list_deposits(self) -> None:
        """The list of the day. What nobody can be found for, a person looks at on the next days."""
        world, arrived = self.world, self._arrived
        if not arrived:
            return
        self._arrived = []
        movements = tuple(
            deposits.Movement(
                inquiry_number=f"{next(self._numbers):08d}",
                booked_on=world.today,
                incoming=True,
                amount=amount,
                payer=to_bank_kana(payer)[:48],
            )
            for payer, amount in arrived
        )
        statement = deposits.Statement(
            bank_code=self.account.bank_code,
            branch_code=self.account.branch_code,
            account_type=self.account.account_type,
            account_number=self.account.account_number,
            movements=movements,
        )
        file = take_deposits(
            content=deposits.write([statement], line_ends=True),
            name=f"nyukin-{world.today:%Y%m%d}.txt",
            by=world.staff["billing"],
            at=world.at(16),
        )
        world.tally["bank files: deposits"] += 1
        for deposit in Deposit.objects.filter(file=file):
            if deposit.state == Deposit.State.OPEN:
                world.within(1, 6, partial(self._look_into, deposit))
            elif world.chance(0.3 if world.lacks("moved", "deposit undo") else 0.01):
                world.within(1, 3, partial(self._undo, deposit))

    def _look_into(self, deposit: Deposit) -> None:
        """By the amount, where that tells; otherwise it is put aside, and taken up again when somebody asks for it."""
        world, billing = self.world, self.world.staff["billing"]
        deposit.refresh_from_db()
        if deposit.state != Deposit.State.OPEN:
            return
        owing = [
            invoice
            for invoice in Invoice.objects.filter(state=Invoice.State.ISSUED).select_related("account")
            if invoice.open_amount in (deposit.amount, deposit.amount - 500)
        ]
        if len(owing) == 1:
            reason = "金額と電話での確認による"
            assign_deposit(
                deposit=deposit, account=owing[0].account, by=billing, at=world.at(11), reason=reason
            )
            world.tally["deposit assigned by hand"] += 1
            return
        set_deposit_aside(deposit=deposit, by=billing, at=world.at(11), reason="振込人が特定できないため")
        world.tally["deposit set aside"] += 1
        if world.chance(0.5) or world.lacks("moved", "deposit take_back"):
            world.within(3, 8, partial(self._take_up_again, deposit))

    def _take_up_again(self, deposit: Deposit) -> None:
        world = self.world
        deposit.refresh_from_db()
        take_deposit_back(
            deposit=deposit, by=world.staff["billing"], at=world.at(10), reason="振込人から問合せがあったため"
        )
        world.tally["deposit taken up again"] += 1
        world.within(1, 3, partial(self._look_into, deposit))

    def _undo(self, deposit: Deposit) -> None:
        """Two of one name: the payment was another’s. It is undone, and assigned once more."""
        world, billing = self.world, self.world.staff["billing"]
        deposit.refresh_from_db()
        account = deposit.payment and deposit.payment.account
        undo_match(deposit=deposit, by=billing, at=world.at(10), reason="同名の別人からの入金のおそれ")
        world.tally["deposit taken for another’s"] += 1
        if account:
            reason = "本人に確認した"
            assign_deposit(deposit=deposit, account=account, by=billing, at=world.at(15), reason=reason)
