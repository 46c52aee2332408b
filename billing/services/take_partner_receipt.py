"""Take what a partner collected for us, by the file with which it answers our lists (hikari-line 60)."""

from collections.abc import Iterator
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from billing.importing.columns import COLLECTED
from billing.models import PartnerListLine, PartnerReceipt, Payment
from billing.services.record_payment import record_payment
from contracts.importing.read_file import ImportRefused, Problem, Row, read_file
from contracts.models import Disclosure, Partner
from contracts.moments import japan_date
from contracts.services.log_passing import log_passing
from workflow.models import User


def take_partner_receipt(
    *, partner: Partner, data: bytes, fee: int, received_on: date, by: User, at: datetime
) -> PartnerReceipt:
    """The sum that arrived: each row of the file is a payment of its subscriber, on the day on which the partner had it.

    ``fee``: what the partner kept back, in yen with tax. A row with 0 yen says that the subscriber did not pay: the charge
    is ours to ask for again. What the partner told is logged as received. ImportRefused with every problem, row by row;
    ValidationError for a fee beyond what was collected, or a day to come. Then nothing was written.
    """
    if received_on > japan_date(at):
        raise ValidationError({"received_on": _("It cannot arrive in days to come.")})
    rows, problems = read_file(data, COLLECTED)
    with transaction.atomic():
        lines = {
            line.pk: line
            for line in PartnerListLine.objects.select_for_update(of=("self",))
            .filter(list__partner=partner, pk__in={row.values["line"] for row in rows})
            .select_related("invoice__account", "agency__contract")
        }
        seen: dict[int, int] = {}
        for row in rows:
            number = row.values["line"]
            problems += _check(row, lines.get(number), seen.get(number), received_on)
            seen.setdefault(number, row.line)
        if problems:
            raise ImportRefused(sorted(problems, key=lambda problem: problem.line))
        collected = sum(row.values["amount"] for row in rows)
        if fee > collected:
            raise ValidationError(
                {"fee": _("The fee is more than the %(yen)s yen collected.") % {"yen": f"{collected:,}"}}
            )
        receipt = PartnerReceipt.objects.create(
            partner=partner, received_on=received_on, collected=collected, fee=fee, recorded_by=by
        )
        for row in rows:
            line = lines[row.values["line"]]
            line.receipt, line.collected = receipt, row.values["amount"]
            line.save(update_fields=["receipt", "collected"])
            if line.collected:
                record_payment(
                    account=line.invoice.account,
                    amount=line.collected,
                    paid_on=row.values["paid_on"],
                    method=Payment.Method.PARTNER,
                    reference=f"partner:{line.pk}",
                    by=by,
                    at=at,
                )
        log_passing(
            contracts=list(dict.fromkeys(line.agency.contract for line in lines.values())),
            event="partner_collected",
            item=Disclosure.Item.PAYMENT_STATUS,
            partner=partner,
            reference=f"collected-{receipt.pk}",
            by=by,
            at=at,
            answer=Disclosure.Answer.RECEIVED,
        )
    return receipt


def _check(
    row: Row, line: PartnerListLine | None, before: int | None, received_on: date
) -> Iterator[Problem]:
    if before is not None:
        yield row.problem("line", _("stands on row %(line)s already.") % {"line": before})
    elif line is None:
        yield row.problem("line", _("stands on no list for this partner."))
    elif line.receipt_id is not None:
        yield row.problem("line", _("was answered before."))
    elif row.values["amount"] > line.amount:
        yield row.problem(
            "amount", _("is more than the %(yen)s yen asked for.") % {"yen": f"{line.amount:,}"}
        )
    paid_on: date | None = row.values["paid_on"]
    if paid_on is None and row.values["amount"]:
        yield row.problem("paid_on", _("is empty, but something was paid."))
    elif paid_on is not None and paid_on > received_on:
        yield row.problem("paid_on", _("lies after the day on which the partner paid it over."))
