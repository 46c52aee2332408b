"""Estimate the use of days that the meter missed (機器の故障等により契約金額が把握できなかった場合, business-network 8-3(3))."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from fractions import Fraction

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from billing.models import Usage
from billing.selectors import unbilled_since
from contracts.guards.silent import no_such_clause
from contracts.models import Contract, Product
from contracts.moments import japan_date
from contracts.services.note_change import note_change
from terms.calendar import Month
from terms.rules.metering_estimate import MeteringEstimate, MeteringEstimateFacts, metering_estimate
from workflow.errors import Refused
from workflow.models import User

_DAY = timedelta(days=1)


def estimate_usage(
    *,
    contract: Contract,
    first: date,
    last: date,
    reason: str,
    by: User,
    at: datetime,
    measured_before: int | None = None,
) -> list[Usage]:
    """The use of each month in which days from ``first`` through ``last`` were missed, with what these days are taken to be.

    The averages are those of the months before the one of ``first``. Where not all that the document wants are known, what was
    charged from the start of service to the failure counts: then ``measured_before``, yen without tax measured in the month of
    ``first`` before that day, has to be said. Once more for a month, it takes the place of its estimate before; what the file of
    the month says stays beside it.

    Refused where the document has no such clause. ValidationError for days that are not over, before the service, or of a month
    that is billed, for a contract that is not metered, and without a reason.
    """
    on = japan_date(at)
    pack = contract.pack(first)
    if not pack.has(MeteringEstimate):
        raise Refused(
            no_such_clause(pack, "no_estimate", _("This document does not let metered use be estimated."))
        )
    start = _check(contract, first, last, reason, on)
    rule = pack.rule(MeteringEstimate)
    averages = _averages(contract, start, first, rule.months)
    so_far = None if averages else _so_far(contract, start, first, measured_before)
    usages = []
    with transaction.atomic():
        for month, days in _days(first, last):
            found = metering_estimate(
                rule,
                MeteringEstimateFacts(
                    days=days,
                    daily_averages=averages,
                    charged_so_far=so_far,
                    days_so_far=None if averages else (first - start).days,
                ),
            )
            usage = Usage.objects.select_for_update().filter(contract=contract, month=month).first()
            usage = usage or Usage(contract=contract, month=month, amount=0)
            usage.estimated, usage.missed_days = found.amount, days
            usage.daily = found.lines[0].rate or ""
            usage.full_clean()
            usage.save()
            usages.append(usage)
        note_change(
            contract,
            "estimate_usage",
            by=by,
            on=on,
            reason=f"{first} – {last} {reason}",
            article=rule.article,
        )
    return usages


def _check(contract: Contract, first: date, last: date, reason: str, on: date) -> date:
    """The first day of service."""
    if contract.product.per != Product.Per.USE:
        raise ValidationError(_("This contract is not charged by what is used."))
    if not reason.strip():
        raise ValidationError({"reason": _("Say how the failure was found.")})
    if contract.service_start is None or first < contract.service_start:
        raise ValidationError({"first": _("Service had not begun by then.")})
    if contract.ends_on is not None and last > contract.ends_on:
        raise ValidationError({"last": _("The contract ended before that day.")})
    if last < first:
        raise ValidationError({"last": _("The last day is before the first.")})
    if last >= on:
        raise ValidationError({"last": _("Only days that are over can be estimated.")})
    unbilled = unbilled_since()
    if unbilled and first < unbilled:
        raise ValidationError(
            {
                "first": _("%(month)s is billed already; propose a supplementary charge instead.")
                % {"month": Month.of(unbilled).plus(-1)}
            }
        )
    return contract.service_start


def _averages(contract: Contract, start: date, first: date, months: int) -> tuple[Fraction, ...]:
    """The yen a day of each of that many months before the one of ``first``; none where service or records do not go back so far."""
    before = [Month.of(first).plus(-back) for back in range(months, 0, -1)]
    if start > before[0].first:
        return ()
    known = {
        usage.month: usage.amount + usage.estimated
        for usage in contract.usages.filter(month__gte=before[0].first, month__lt=Month.of(first).first)
    }
    if len(known) < months:
        return ()
    return tuple(Fraction(known[month.first], month.days) for month in before)


def _so_far(contract: Contract, start: date, first: date, measured_before: int | None) -> int:
    """Yen from the start of service to the failure."""
    if first == start:
        raise ValidationError({"first": _("Nothing was measured before that day; there is no average.")})
    if measured_before is None:
        raise ValidationError(
            {
                "measured_before": _(
                    "Less than a year is on record: say how many yen were measured in this month before that day."
                )
            }
        )
    earlier = contract.usages.filter(month__lt=Month.of(first).first)
    return measured_before + sum(usage.amount + usage.estimated for usage in earlier)


def _days(first: date, last: date) -> Iterator[tuple[date, int]]:
    """The months, by their first day, and how many of the days lie in each."""
    while first <= last:
        month = Month.of(first)
        stop = min(last, month.last)
        yield month.first, (stop - first).days + 1
        first = stop + _DAY
