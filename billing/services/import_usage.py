"""Take the measured use of lines from a file: all rows or none."""

from collections.abc import Iterator
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from billing.importing.columns import USAGE
from billing.models import BillingRun, Usage
from contracts.importing.read_file import ImportRefused, Problem, Row, read_file
from contracts.models import Contract
from terms.calendar import Month
from terms.errors import TermsError
from terms.registry import pack_for


def import_usage(*, data: bytes) -> int:
    """How many lines' use of a month was entered; the run of that month charges it to whoever held the line.

    The same line and month once more takes the place of the amount before, as long as the month is not billed.
    ImportRefused with every problem found, row by row; then nothing was written.
    """
    rows, problems = read_file(data, USAGE)
    with transaction.atomic():
        billed = set(
            BillingRun.objects.exclude(state=BillingRun.State.ABANDONED).values_list("month", flat=True)
        )
        holders = _holders(rows)
        seen: dict[tuple[str, date], int] = {}
        usages = []
        for row in rows:
            key = (row.values["line"], row.values["month"])
            contract = _holder(holders.get(key[0], []), key[1])
            found = list(_check(row, contract, billed, seen.get(key)))
            seen[key] = row.line
            problems += found
            if contract and not found:
                usages.append(Usage(contract=contract, month=key[1], amount=row.values["amount"]))
        if problems:
            raise ImportRefused(sorted(problems, key=lambda problem: problem.line))
        Usage.objects.bulk_create(
            usages,
            update_conflicts=True,
            unique_fields=["contract", "month"],
            update_fields=["amount"],
            batch_size=1000,
        )
    return len(usages)


def _holders(rows: list[Row]) -> dict[str, list[Contract]]:
    """The contracts on each line, the latest first."""
    found: dict[str, list[Contract]] = {}
    contracts = Contract.objects.filter(
        line__number__in={row.values["line"] for row in rows}, service_start__isnull=False
    )
    for contract in contracts.select_related("line").order_by("-service_start", "-id"):
        assert contract.line is not None, "it was found by its line"
        found.setdefault(contract.line.number, []).append(contract)
    return found


def _holder(contracts: list[Contract], month: date) -> Contract | None:
    """The contract with service in the month; where the line passed on in it, the one that had it last."""
    return next(
        (
            contract
            for contract in contracts
            if contract.service_start
            and contract.service_start < Month.of(month).end
            and (contract.ends_on is None or contract.ends_on >= month)
        ),
        None,
    )


def _check(row: Row, contract: Contract | None, billed: set[date], before: int | None) -> Iterator[Problem]:
    month: date = row.values["month"]
    if before is not None:
        yield row.problem("line", _("stands on row %(line)s already, for the same month.") % {"line": before})
    if contract is None:
        yield row.problem("line", _("no contract had service on this line in that month."))
        return
    if month in billed:
        yield row.problem(
            "month",
            _("%(month)s is billed already; propose a supplementary charge instead.")
            % {"month": Month.of(month)},
        )
    try:
        pack = pack_for(contract.terms_code, month, earliest=True)
    except TermsError as error:
        yield row.problem("line", str(error))
        return
    if pack.metered_charge is None:
        yield row.problem("line", _("the terms of its contract know no metered charge."))
