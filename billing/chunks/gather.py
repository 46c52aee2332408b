"""Rows in: what the database knows of the contracts of some accounts, as facts for the rating.

A handful of statements for thousands of contracts, each by an index, none by an object.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from billing.chunks import sql
from billing.chunks.alike import Alike
from billing.chunks.read import array, by_first, fetch
from billing.models import MovedFirstDay
from billing.rating.charge import RatedCharge
from billing.rating.facts import (
    ContractFacts,
    EndingFacts,
    EquipmentFacts,
    InstalmentFacts,
    OptionFacts,
    OutageFacts,
    ProductSpan,
    ReliefFacts,
    RelocationFacts,
    RequestFacts,
    SingleFacts,
    UsageFacts,
    VisitFacts,
    WorkFacts,
)
from billing.rating.invoice_fees import OCCASIONS
from billing.rating.invoices import Share
from contracts.models.individual_agreement import agreed
from terms.calendar import Month
from terms.registry import codes, pack_for, versions
from terms.rules.early_termination_fee import Cause
from terms.rules.periodic_charge import PeriodicCharge, Stretch
from terms.rules.single_line_fee import maintenance_of


class Holder(NamedTuple):
    """Who had a contract before ``until``. ``debts``: what was owed passed to the next one.

    ``pays_for``: the request for the transfer, where its fee falls on the one who gave the contract away (hikari-line 22-6).
    """

    account_id: int
    until: date
    debts: bool
    pays_for: int | None


class Gathered(NamedTuple):
    """One contract with whose account it is on and who asks for the money; ``before``: who had it before, in order.

    ``partner_id`` where its course changed: who prices the last one. Contracts alike have the same facts object; ``choices``: the
    kinds of those whose fee stands on its invoice, with one contract of each.
    """

    account_id: int
    contract_id: int
    partner_id: int | None
    facts: ContractFacts
    before: tuple[Holder, ...] = ()
    choices: tuple[str, ...] = ()

    def owner(self, charge: RatedCharge) -> int:
        """Whose account a charge goes to: that of the one who had the contract then, unless the debts passed."""
        owner = self.account_id
        for holder in reversed(self.before):
            fee = holder.pays_for is not None and charge.source == f"request:{holder.pays_for}"
            if fee or (charge.period_from < holder.until and not holder.debts):
                owner = holder.account_id
        return owner

    def partner_of(self, charge: RatedCharge) -> int | None:
        """The billing operator who asks for a charge: the one who priced the course that the contract had then."""
        span = self.facts.span_on(charge.asked_by_course_of)
        return span.partner_id if span else self.partner_id

    def of_accounts(
        self, first: int, last: int, charges: Sequence[RatedCharge]
    ) -> dict[int, list[RatedCharge]]:
        """The charges by account, those of other accounts than ``first`` to ``last`` left out."""
        found: dict[int, list[RatedCharge]] = {}
        for charge in charges:
            owner = self.owner(charge)
            if first <= owner <= last:
                found.setdefault(owner, []).append(charge)
        return found

    def of_partners(self, charges: Sequence[RatedCharge]) -> dict[int | None, list[RatedCharge]]:
        """The charges by the billing operator who asks for them; None: we do."""
        found: dict[int | None, list[RatedCharge]] = {}
        for charge in charges:
            found.setdefault(self.partner_of(charge), []).append(charge)
        return found


class Waiting(NamedTuple):
    """A charge that was made before and is on no invoice yet."""

    charge_id: int
    account_id: int
    share: Share


def gather(month: date, first_account: int, last_account: int) -> list[Gathered]:
    """The contracts of the accounts, by account and contract, with all that is to be charged in ``month``.

    Those that an account gave to others are among them, as long as something of its time may still be charged.
    """
    this = Month.of(month)
    span = {
        # What was recorded late in the month before is still found; what was charged already is left out.
        "since": this.plus(-1).first,
        "first": this.first,
        "end": this.end,
        "first_account": first_account,
        "last_account": last_account,
    }
    holders = {
        contract_id: tuple(_holder(*row) for row in rows)
        for contract_id, rows in by_first(fetch(sql.HOLDERS, span)).items()
    }
    given = [
        contract_id
        for contract_id, before in holders.items()
        if any(first_account <= holder.account_id <= last_account for holder in before)
    ]
    missing = by_first(fetch(sql.MISSING_MONTHS, span))
    if given:
        span["passed"] = array(given)
        missing |= by_first(fetch(sql.PASSED_MISSING_MONTHS, span))
    span["parked"] = array(missing)
    rows = fetch(sql.CONTRACTS, span)
    if given:
        here = {row[1] for row in rows}
        rows += [row for row in fetch(sql.PASSED_CONTRACTS, span) if row[1] not in here]
    span["contracts"] = array(row[1] for row in rows)
    if missing:
        # A tariff month may have begun in the calendar month before.
        earliest: date = min(day for days in missing.values() for (day,) in days)
        span["since"] = min(this, Month.of(earliest)).plus(-1).first
    extra: dict[int, dict[str, Any]] = defaultdict(dict)
    for contract_id, before in holders.items():
        extra[contract_id]["passed"] = tuple(holder.until for holder in before if not holder.debts)
    changed = by_first(fetch(sql.PRODUCT_CHANGES, span))
    partners = {row[1]: row[2] for row in rows}
    partner_of: dict[int, int] = dict(fetch(sql.PARTNERS_PRODUCTS, {})) if changed else {}
    for contract_id, changes in changed.items():
        extra[contract_id]["products"] = spans(changes, partner_of, partners[contract_id])
    individual = [row[1] for row in rows if row[-1]]
    if individual:
        for contract_id, agreements in by_first(fetch(sql.AGREED, {"contracts": array(individual)})).items():
            extra[contract_id]["agreed"] = tuple(agreed(*row) for row in agreements)
    for contract_id, works in by_first(fetch(sql.WORKS, span)).items():
        extra[contract_id]["works"] = tuple(_work(*row) for row in works)
    for contract_id, requests in by_first(fetch(sql.REQUESTS, span)).items():
        extra[contract_id]["requests"] = tuple(RequestFacts(*row) for row in requests)
    for contract_id, plans in by_first(fetch(sql.INSTALMENTS, span)).items():
        extra[contract_id]["instalments"] = tuple(InstalmentFacts(*row) for row in plans)
    for contract_id, units in by_first(fetch(sql.EQUIPMENT, span)).items():
        extra[contract_id]["equipment"] = tuple(EquipmentFacts(*row) for row in units)
    for contract_id, visits in by_first(fetch(sql.VISITS, span)).items():
        extra[contract_id]["visits"] = tuple(VisitFacts(*row) for row in visits)
    for contract_id, outages in _outages(span).items():
        extra[contract_id]["outages"] = outages
    for contract_id, moves in by_first(fetch(sql.RELOCATIONS, span)).items():
        extra[contract_id]["relocations"] = tuple(RelocationFacts(*row) for row in moves)
    for contract_id, reliefs in by_first(fetch(sql.RELIEFS, span)).items():
        extra[contract_id]["reliefs"] = tuple(
            ReliefFacts._make((*row, tuple(covers))) for *row, covers in reliefs
        )
    for contract_id, cuts in by_first(fetch(sql.CUTS, span)).items():
        extra[contract_id]["cuts"] = tuple(day for (day,) in cuts)
    for contract_id, ending_id, by, ground, *more in fetch(sql.ENDINGS, span):
        extra[contract_id]["ending"] = EndingFacts(ending_id, cause_of(by, ground), *more)
    for contract_id, line_end in fetch(sql.LINE_ENDS, span):
        extra[contract_id]["line_end"] = line_end
    for contract_id, told_on, subdivision in fetch(sql.SINGLE_LINES, span):
        extra[contract_id]["single"] = SingleFacts(told_on, maintenance_of(subdivision))
    span["ended"] = array(row[1] for row in rows if row[8] is not None and row[8] < this.end)
    for contract_id, usage in by_first(fetch(sql.USAGE, span)).items():
        extra[contract_id]["usage"] = tuple(UsageFacts(*row) for row in usage)
    if _free_meanwhile():
        for name, statement in (("pauses", sql.PAUSES), ("suspensions", sql.SUSPENSIONS)):
            for contract_id, days in by_first(fetch(statement, span)).items():
                extra[contract_id][name] = tuple(
                    Stretch(from_=from_, to=to or this.end) for from_, to in days
                )
    for contract_id, days in missing.items():
        extra[contract_id]["months"] = (*(day for (day,) in days), month)
    options = by_first(fetch(sql.OPTIONS, span))
    alike = Alike(this, moved=MovedFirstDay.objects.decided().filter(since__lt=this.end).exists())
    choices = _choices(span, rows, extra)
    return [
        Gathered(
            row[0],
            row[1],
            row[2],
            _contract(row, options.get(row[1], ()), {"months": (month,), **extra[row[1]]})
            if row[1] in extra
            else alike.facts(*row[3:9], partner_priced=row[2] is not None, options=options.get(row[1], ())),
            holders.get(row[1], ()),
            choices.get(row[1], ()),
        )
        for row in rows
    ]


def gather_waiting(first_account: int, last_account: int) -> list[Waiting]:
    """The charges of the accounts that wait for an invoice, oldest first."""
    return [
        Waiting(row[0], row[1], Share(*row[2:]))
        for row in fetch(sql.WAITING, {"first_account": first_account, "last_account": last_account})
    ]


def spans(
    changes: Sequence[tuple[date, int, int]],
    partner_of: Mapping[int, int] | None = None,
    last: int | None = None,
) -> tuple[ProductSpan, ...]:
    """From changes in order (the day, the product before, the product from then on) to the days of each product.

    ``partner_of``: by product the billing operator who prices it; ``last``: who prices what the contract has now.
    """
    days = [change[0] for change in changes]
    products = [changes[0][1], *(change[2] for change in changes)]
    partners = [*(partner_of.get(product) if partner_of else None for product in products[:-1]), last]
    return tuple(map(ProductSpan, products, [date.min, *days], [*days, None], partners))


def _choices(
    span: dict[str, Any], rows: Sequence[Sequence[Any]], extra: Mapping[int, dict[str, Any]]
) -> dict[int, tuple[str, ...]]:
    """The fee of a choice stands once on each invoice: with the first contract of which we ask for something in the month."""
    fees = set(fetch(sql.INVOICE_FEES, {"occasions": list(OCCASIONS.values())}))
    documents = {terms_code for terms_code, _ in fees}
    bearing: dict[int, list[tuple[str, int]]] = {}
    for account_id, contract_id, partner_id, terms_code, _product, _per, _day, start, end, _agreed in rows:
        if terms_code not in documents or start is None or start >= span["end"]:
            continue
        if end is not None and end < span["first"]:
            continue
        products = extra[contract_id].get("products") if contract_id in extra else None
        if _is_ours(span, partner_id, products):
            bearing.setdefault(account_id, []).append((terms_code, contract_id))
    found: dict[int, tuple[str, ...]] = {}
    for account_id, kind in fetch(sql.INVOICE_CHOICES, span | {"accounts": array(bearing)}):
        # The first contract of each document: a later one of the list is overwritten.
        first = dict(sorted(bearing[account_id], reverse=True))
        for terms_code, contract_id in first.items():
            if (terms_code, OCCASIONS[kind]) in fees:
                found[contract_id] = (*found.get(contract_id, ()), kind)
    return found


def _is_ours(span: dict[str, Any], partner_id: int | None, products: Sequence[ProductSpan] | None) -> bool:
    """Whether we ask for any day of the month ourselves."""
    if not products:
        return partner_id is None
    return any(
        each.partner_id is None
        for each in products
        if each.from_ < span["end"] and (each.to is None or each.to > span["first"])
    )


def cause_of(by: str, ground: str) -> Cause:
    """Who ended a contract and why, in the words of terms.rules.early_termination_fee.

    A subscriber who names a ground ends for what the operator did; what ends by itself is nobody's breach.
    """
    if ground == "initial_cancellation":
        return "initial_cancellation"
    if by == "subscriber":
        return (
            ("anti_social_operator" if ground == "anti_social" else "operator_default")
            if ground
            else "subscriber"
        )
    if by == "operator":
        return "anti_social_subscriber" if ground == "anti_social" else "operator_ending"
    return "discontinuation"


# Of sql.CONTRACTS, after account, contract and partner.
_COLUMNS = (
    "terms_code",
    "product_id",
    "payment",
    "cycle_day",
    "start",
    "end",
)


def _contract(
    row: tuple[Any, ...], options: Sequence[tuple[Any, ...]], more: dict[str, Any]
) -> ContractFacts:
    """A row of sql.CONTRACTS with what happened to it."""
    return ContractFacts(
        partner_priced=row[2] is not None,
        options=tuple(OptionFacts(*option) for option in options),
        **dict(zip(_COLUMNS, row[3:9], strict=True)),
        **more,
    )


def _holder(account_id: int, until: date, debts: bool, terms_code: str, request_id: int | None) -> Holder:
    terms = pack_for(terms_code, until).transfer if request_id else None
    return Holder(account_id, until, debts, request_id if terms and terms.fee_by == "transferor" else None)


def _work(
    work_id: int,
    kind: str,
    items: list[str],
    started: datetime | None,
    over: datetime,
    state: str,
    appointed: bool,
    instalments: bool,
    cost_so_far: int,
) -> WorkFacts:
    return WorkFacts(
        work_id, kind, tuple(items), started, over, state == "done", appointed, instalments, cost_so_far
    )


def _outages(span: dict[str, Any]) -> dict[int, tuple[OutageFacts, ...]]:
    rows = by_first(fetch(sql.OUTAGES, span))
    if not rows:
        return {}
    credited: dict[tuple[int, str], int] = {}
    for contract_id, source, amount in fetch(sql.OUTAGE_CREDITS, {"contracts": array(rows)}):
        # The sum hangs on the first outage; the others are known to have been looked at.
        for place, outage_id in enumerate(
            source.removeprefix("outage:").split("(")[0].replace("..", "+").split("+")
        ):
            key = (contract_id, outage_id)
            credited[key] = credited.get(key, 0) + (-amount if place == 0 else 0)
    return {
        contract_id: tuple(
            OutageFacts._make((*row, credited.get((contract_id, str(row[0]))), partner_priced))
            for *row, partner_priced in outages
        )
        for contract_id, outages in rows.items()
    }


def _free_meanwhile() -> bool:
    """Whether any document charges nothing during a pause or suspension; none of the first five does."""
    return any(
        not (pack.rule(PeriodicCharge).pause_charged and pack.rule(PeriodicCharge).suspension_charged)
        for code in codes()
        for pack in versions(code)
        if pack.has(PeriodicCharge)
    )
