"""Billing and credit control: what is given back, given up, contested or assigned; and the months are closed."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import partial

from billing.models import BillingAccount, BookMonth, Dispute, Invoice, InvoiceChoice, Payment
from billing.selectors import balance_of
from billing.services.assign_receivable import assign_receivable
from billing.services.charge_penalty import charge_penalty
from billing.services.choose_letters import choose_letters
from billing.services.close_dispute import close_dispute
from billing.services.close_month import close_month, decide_reopening, propose_reopening
from billing.services.open_dispute import open_dispute
from billing.services.propose_credit import approve_credit, propose_credit, reject_credit
from billing.services.propose_relief import approve_relief, propose_relief
from billing.services.record_assignee_payment import record_assignee_payment, unpaid_at_assignee
from billing.services.record_payment import record_payment
from billing.services.refund_credit import approve_refund, propose_refund, reject_refund
from billing.services.write_off import approve_write_off, propose_write_off, reject_write_off
from config.demonstration import agreements, corrections
from config.demonstration.world import World, documents
from contracts.models import Contract, Partner
from terms.calendar import Month
from terms.registry import codes
from terms.rules.disaster_relief import DisasterRelief
from terms.rules.penalty import Penalty
from workflow.errors import Refused

AGAIN = 0.05
OLD = 45
"""Days after the due date from which a debt is given up or assigned."""


def keep(world: World) -> None:
    """Once a week: whatever did not come up yet, and now and then one of the others."""
    for name, do in _ENTRIES.items():
        if not world.tally[name] or world.chance(AGAIN):
            world.attempt(partial(_enter, world, name, do))


def close(world: World) -> None:
    """The month before last is closed; the first one is opened once more, by two people, and closed again."""
    billing, second = world.staff["billing"], world.staff["billing2"]
    month = Month.of(world.today).plus(-2).first
    book = close_month(month=month, by=billing, at=world.at(10))
    world.tally["month closed"] += 1
    if not world.tally["month opened again"]:
        propose_reopening(book=book, by=billing, at=world.at(11), reason="計上漏れの入金を訂正するため")
        decide_reopening(book=book, by=second, at=world.at(13), approved=True)
        world.tally["month opened again"] += 1
        world.within(1, 3, partial(_close_again, world, book, month))


def _close_again(world: World, book: BookMonth, month: date) -> None:
    close_month(month=month, by=world.staff["billing"], at=world.at(10))


def _enter(world: World, name: str, do: Callable[[World], bool]) -> None:
    if do(world):
        world.tally[name] += 1


def _open_invoice(world: World, *, overdue_by: int = -60) -> Invoice | None:
    found = (
        Invoice.objects.filter(
            state=Invoice.State.ISSUED,
            due_on__lt=world.today - timedelta(days=overdue_by),
            partner__isnull=True,
            disputes__isnull=True,
        )
        .select_related("account__subscriber")
        .order_by("due_on", "pk")[:60]
    )
    choice = [invoice for invoice in found if invoice.is_open]
    return world.rng.choice(choice) if choice else None


def _paid_invoice(world: World) -> Invoice | None:
    found = Invoice.objects.filter(
        state=Invoice.State.SETTLED, partner__isnull=True, credit_notes__isnull=True, total__gt=2000
    )
    choice = list(found.select_related("account__subscriber").order_by("-pk")[:30])
    return world.rng.choice(choice) if choice else None


def _give_back(world: World) -> bool:
    """Part of a line of a paid invoice."""
    invoice = _paid_invoice(world)
    charge = invoice and invoice.charges.filter(amount__gt=1000).order_by("pk").first()
    if invoice is None or not charge:
        return False
    proposal = propose_credit(
        invoice=invoice,
        by=world.staff["billing"],
        at=world.at(13),
        reason="ご案内と異なる料金を請求したため",
        amounts={charge.pk: charge.amount // 4},
    )
    approve_credit(proposal=proposal, by=world.staff["billing2"], at=world.at(14))
    return True


def _void(world: World) -> bool:
    """An invoice issued in error: all of it is given back, and another takes its place."""
    invoice = _open_invoice(world)
    if invoice is None:
        return False
    proposal = propose_credit(
        invoice=invoice,
        by=world.staff["billing"],
        at=world.at(13),
        reason="請求先の誤り",
        void=True,
        reissue=True,
    )
    approve_credit(proposal=proposal, by=world.staff["billing2"], at=world.at(14))
    return True


def _do_not_give_back(world: World) -> bool:
    invoice = _paid_invoice(world)
    if invoice is None:
        return False
    proposal = propose_credit(
        invoice=invoice, by=world.staff["billing"], at=world.at(13), reason="値引きの希望", void=True
    )
    reject_credit(proposal=proposal, by=world.staff["billing2"], at=world.at(14), reason="誤りはない")
    return True


def _refund(world: World, *, agreed: bool) -> bool:
    """What somebody paid too much goes back, if a second person agrees."""
    paid_too_much = Payment.objects.unused().values("account")
    for account in BillingAccount.objects.filter(pk__in=paid_too_much).order_by("pk"):
        credit = balance_of(account, on=world.today).credit
        if credit > 0:
            refund = propose_refund(
                account=account,
                amount=credit,
                reason="過払い分の返金の申出",
                by=world.staff["billing"],
                at=world.at(11),
            )
            if agreed:
                approve_refund(refund=refund, by=world.staff["billing2"], at=world.at(15))
            else:
                reason = "次回の請求に充当する"
                reject_refund(refund=refund, by=world.staff["billing2"], at=world.at(15), reason=reason)
            return True
    _pay_again(world)
    return False


def _pay_again(world: World) -> None:
    """Nobody paid too much, so somebody takes the slip of a paid invoice to the till once more."""
    if invoice := _paid_invoice(world):
        record_payment(
            account=invoice.account,
            amount=invoice.total,
            paid_on=world.today,
            method=Payment.Method.CONVENIENCE_STORE,
            reference=f"{world.today:%Y%m%d}-{invoice.number}",
            by=world.staff["billing"],
            at=world.at(10),
        )
        world.tally["paid once more"] += 1


def _give_up(world: World, *, agreed: bool) -> bool:
    invoice = _open_invoice(world, overdue_by=OLD)
    if invoice is None:
        return False
    propose_write_off(invoice=invoice, by=world.staff["credit"], at=world.at(10), reason="回収の見込みがない")
    if agreed:
        approve_write_off(invoice=invoice, by=world.staff["credit2"], at=world.at(15))
    else:
        reason = "分割での支払いを協議中"
        reject_write_off(invoice=invoice, by=world.staff["credit2"], at=world.at(15), reason=reason)
    return True


def _assign(world: World) -> bool:
    """To a billing operator, who asks for the money from then on."""
    invoice = _open_invoice(world, overdue_by=5)
    partner = Partner.objects.filter(role=Partner.Role.BILLING_OPERATOR).order_by("pk").first()
    if invoice is None or partner is None:
        return False
    try:
        assign_receivable(invoice=invoice, partner=partner, by=world.staff["credit"], on=world.today)
    except Refused as refused:
        world.turned_down("assignment of a claim", refused)
        return False
    world.within(5, 25, partial(_assignee_tells, world, invoice))
    return True


def _assignee_tells(world: World, invoice: Invoice) -> None:
    """The billing operator had the money, and says so."""
    invoice = Invoice.objects.get(pk=invoice.pk)
    record_assignee_payment(
        invoice=invoice,
        amount=unpaid_at_assignee(invoice),
        paid_on=world.today,
        reference=f"入金連絡 {world.today:%Y%m%d}",
        by=world.staff["credit"],
        at=world.at(11),
    )


def _contest(world: World) -> bool:
    invoice = _open_invoice(world)
    if invoice is None:
        return False
    dispute = open_dispute(
        invoice=invoice, by=world.staff["billing"], on=world.today, reason="利用していない期間の料金との申出"
    )
    world.within(5, 20, partial(_settle, world, dispute))
    return True


def _settle(world: World, dispute: Dispute) -> None:
    dispute.refresh_from_db()
    if dispute.closed_on is None:
        outcome = "利用の記録を示し、了承を得た"
        close_dispute(dispute=dispute, by=world.staff["billing"], on=world.today, outcome=outcome)


def _punish(world: World) -> bool:
    """A charge that was evaded, and the penalty on it, where the document has one."""
    for terms_code in world.rng.sample(codes(), len(codes())):
        contract: Contract | None = world.some(terms_code)
        rule = contract and contract.pack(world.today)
        if contract and rule and rule.has(Penalty) and rule.rule(Penalty).multiple:
            charge_penalty(
                contract=contract,
                evaded=3_000,
                taxable=True,
                reference=f"{world.today:%Y%m%d}",
                reason="届出のない端末の接続により料金を免れた",
                by=world.staff["credit"],
                at=world.at(13),
            )
            return True
    return False


def _relieve(world: World) -> bool:
    """After a disaster, under a document that lets charges be reduced then; a second person agrees."""
    for pack in documents(world.today):
        if pack.has(DisasterRelief) and (contract := world.some(pack.code, line__isnull=False)):
            rule = pack.rule(DisasterRelief)
            relief = propose_relief(
                terms_code=pack.code,
                when=rule.when[0],
                covers=rule.covers,
                percent=50,
                since=world.today,
                through=Month.of(world.today).plus(1).last,
                reason="豪雨による被災のため",
                by=world.staff["billing"],
                at=world.at(10),
                prefecture=contract.line.prefecture if contract.line else "",
            )
            approve_relief(relief=relief, by=world.staff["billing2"], at=world.at(16))
            return True
    return False


def _by_post(world: World) -> bool:
    """Somebody would rather have invoices as letters, and pays what the tariff asks for them."""
    accounts = BillingAccount.objects.filter(subscriber__contracts__state=Contract.State.ACTIVE).exclude(
        invoice_choices__kind=InvoiceChoice.Kind.LETTER
    )
    choice = list(accounts.distinct().order_by("pk")[:40])
    if not choice:
        return False
    choose_letters(account=world.rng.choice(choice), by=world.staff["billing"], on=world.today)
    return True


_ENTRIES: Mapping[str, Callable[[World], bool]] = {
    "credit note": _give_back,
    "invoice voided and issued again": _void,
    "credit note not agreed to": _do_not_give_back,
    "refund": partial(_refund, agreed=True),
    "refund not agreed to": partial(_refund, agreed=False),
    "debt written off": partial(_give_up, agreed=True),
    "write-off not agreed to": partial(_give_up, agreed=False),
    "claim assigned to a billing operator": _assign,
    "invoice contested": _contest,
    "penalty charged": _punish,
    "relief after a disaster": _relieve,
    "invoices by post": _by_post,
    **agreements.ENTRIES,
    **corrections.ENTRIES,
}
