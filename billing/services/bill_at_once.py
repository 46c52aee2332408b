"""Bill what one contract used by a day without waiting for the end of its month, and decide on it (随時計算, hikari-line 通則1)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils.translation import gettext as _

from billing.chunks.book import load_book
from billing.models import BillingAccount, Charge, ExtraBill, Invoice
from billing.models.extra_bill import EXTRA_BILL
from billing.out_of_turn import charge_row, unbilled
from billing.rating.rulebook import RuleBook
from billing.selectors import unbilled_since
from billing.services.issue_alone import draft_of, issue_alone
from contracts.guards.silent import no_such_clause
from contracts.models import Contract
from contracts.moments import japan_date
from contracts.services.note_change import note_change
from contracts.services.pending import pending
from terms.article import ArticleRef
from terms.calendar import Month
from workflow.errors import Refused
from workflow.models import User
from workflow.services.approve import decide, propose

FOR_USE = (
    Charge.Kind.BASE,
    Charge.Kind.SINGLE_LINE,
    Charge.Kind.USE,
    Charge.Kind.OPTION,
    Charge.Kind.NUMBER_LEVY,
    Charge.Kind.RELIEF,
)
"""利用料金, with what a disaster takes off them; all else comes with the run, as ever."""


def propose_bill(*, contract: Contract, through: date, reason: str, by: User, at: datetime) -> ExtraBill:
    """A bill for what is used by the end of ``through``, waiting for a second person.

    Refused where the document has no such clause. ValidationError for a day that is not over, one that a run or such a bill
    has billed already, and without a reason.
    """
    on = japan_date(at)
    pack = contract.pack(on)
    if pack.charging_at_once is None:
        raise Refused(
            no_such_clause(
                pack,
                "not_at_once",
                _("This document does not let fees be asked for before their month is over."),
            )
        )
    _check(contract, through, on)
    bill = ExtraBill(
        contract=contract,
        through=through,
        reason=reason.strip(),
        article=str(pack.charging_at_once.article),
    )
    with transaction.atomic():
        bill.full_clean()
        bill.save()
        propose(bill, EXTRA_BILL, by=by, reason=bill.reason, article=pack.charging_at_once.article, at=at)
    return bill


def approve_bill(*, bill: ExtraBill, by: User, at: datetime) -> Invoice:
    """The invoice of its own, issued at once; the run of the month charges the days after.

    NotPermitted for the one who proposed it; ValidationError as propose_bill, and where nothing is to ask for.
    """
    on, contract = japan_date(at), bill.contract
    with transaction.atomic():
        with connection.cursor() as cursor:  # no run is prepared meanwhile, which would charge the same days
            cursor.execute("LOCK TABLE billing_billingrun IN ROW EXCLUSIVE MODE")
        decide(pending(bill, EXTRA_BILL), by=by, at=at, approved=True)
        account = (
            BillingAccount.objects.select_for_update(of=("self",))
            .filter(subscriber=contract.subscriber_id)
            .first()
        )
        _check(contract, bill.through, on)
        # First, so that its days are cut there.
        bill.decided_on = on
        bill.save(update_fields=["decided_on"])
        book, invoice = load_book(), None
        if account:
            asked = _invoice(bill, account)
            invoice = issue_alone(
                invoice=asked, charges=_charges(bill, account, book), book=book, by=by, at=at
            )
        if invoice is None:
            raise ValidationError(_("Nothing was used by then that is not billed; reject it."))
        article = ArticleRef.parse(bill.article)
        note_change(bill, "bill_at_once", by=by, on=on, reason=bill.reason, article=article)
    return invoice


@dataclass(frozen=True, kw_only=True)
class Foreseen:
    """What a bill would ask for: its charges, not saved, and the yen with tax."""

    charges: tuple[Charge, ...]
    total: int


def foresee_bill(*, contract: Contract, through: date, at: datetime) -> Foreseen:
    """What a bill through that day would ask for as things stand now. Changes nothing. ValidationError as propose_bill."""
    on = japan_date(at)
    _check(contract, through, on)
    account = BillingAccount.objects.filter(subscriber=contract.subscriber_id).first()
    if account is None:
        return Foreseen(charges=(), total=0)
    with transaction.atomic():  # tried out and taken back: the days are cut by what the database holds
        bill = ExtraBill.objects.create(contract=contract, through=through, decided_on=on)
        book = load_book()
        charges = _charges(bill, account, book)
        draft = draft_of(_invoice(bill, account), charges, book)
        transaction.set_rollback(True)
    return Foreseen(charges=tuple(charges), total=draft.total if draft else 0)


def _invoice(bill: ExtraBill, account: BillingAccount) -> Invoice:
    """The invoice of a bill, not saved yet."""
    return Invoice(
        account=account,
        terms_code=bill.contract.terms_code,
        extra_bill=bill,
        month=Month.of(bill.through).first,
    )


def _charges(bill: ExtraBill, account: BillingAccount, book: RuleBook) -> list[Charge]:
    """What a bill that was agreed to asks for, not saved yet."""
    return [
        charge_row(account, each)
        for each in unbilled(book, account, terms_code=bill.contract.terms_code, through=bill.through)
        if each.contract.contract_id == bill.contract_id and each.charge.kind in FOR_USE
    ]


def reject_bill(*, bill: ExtraBill, by: User, at: datetime, reason: str) -> None:
    """The proposal comes to nothing. NotPermitted for the one who proposed it."""
    decide(pending(bill, EXTRA_BILL), by=by, at=at, approved=False, reason=reason)


def _check(contract: Contract, through: date, on: date) -> None:
    if through >= on:
        raise ValidationError({"through": _("Only days that are over can be billed.")})
    since = unbilled_since() or date.min
    if last := contract.extra_bills.filter(decided_on__isnull=False).order_by("-through").first():
        since = max(since, last.through + timedelta(days=1))
    if through < since:
        raise ValidationError(
            {"through": _("What was used before %(day)s is billed already.") % {"day": since}}
        )
