"""Compute a past invoice once more: from what is on record, by the very rating of its run, it must come to the same yen."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.db.models import Q

from billing.chunks.book import load_book
from billing.chunks.gather import gather
from billing.chunks.known import key_of
from billing.chunks.rate import charges_or_reason
from billing.models import BillingRun, Charge, Invoice, Tariff
from billing.rating.charge import RatedCharge
from billing.rating.facts import ContractFacts, OptionFacts, ProductSpan
from billing.rating.invoice_fees import OCCASIONS
from billing.rating.invoices import Share, invoices_of
from billing.rating.periodic import PeriodicRater
from billing.rating.rulebook import RuleBook
from terms.calendar import Month
from terms.rules.periodic_charge import PeriodicCharge

Key = tuple[int | None, str, int | None, str, date, date]

_DAY = timedelta(days=1)


class Difference(NamedTuple):
    """A charge whose yen without tax are not what they were; None where there was or is none."""

    name: str
    charged: int | None
    computed: int | None


@dataclass(frozen=True, kw_only=True)
class Recomputed:
    """An invoice with the ``total`` that it comes to now, in yen with tax, and what differs."""

    invoice: Invoice
    total: int
    differences: tuple[Difference, ...]

    @property
    def same(self) -> bool:
        """Whether it comes to the same yen, line by line and in all."""
        return not self.differences and self.total == self.invoice.total


def recompute_invoice(invoice: Invoice) -> Recomputed:
    """The invoice as its runs would make it now. Writes nothing.

    What no run made (late interest, penalties, adjustments, what an invoice repeats of a void one) is taken as it stands on
    record; tax is computed on all of it.
    """
    lines = list(invoice.charges.select_related("run").order_by("id"))
    computed: dict[Key, RatedCharge] = {}
    differences: list[Difference] = []
    for run in sorted({line.run for line in lines if line.run}, key=lambda run: run.month):
        found = _rate_again(invoice, run)
        differences += _differences(invoice, run, found)
        computed |= found
    shares = [
        Share(
            invoice.terms_code,
            invoice.partner_id,
            line.tax_category,
            again.tax_rate if (again := computed.get(_key(line))) else line.tax_rate,
            again.amount if again else line.amount,
        )
        for line in lines
    ]
    drafts = invoices_of(load_book(), Month.of(invoice.month).last, shares)
    return Recomputed(
        invoice=invoice,
        total=sum(draft.total for draft in drafts),
        differences=tuple(differences),
    )


def _rate_again(invoice: Invoice, run: BillingRun) -> dict[Key, RatedCharge]:
    """What the run would charge the account under the document, as if neither it nor a later one had been yet."""
    account, book = invoice.account_id, load_book()
    of_contracts = Charge.objects.filter(contract__in=_contracts(invoice), terms_code=invoice.terms_code)
    # Those of later runs, and those that were charged out of turn.
    later = {
        _key(charge) for charge in of_contracts.filter(Q(run__month__gt=run.month) | Q(run__isnull=True))
    }
    made = {_key(charge): charge.account_id for charge in of_contracts.filter(run=run)}
    lines = {_key(charge) for charge in invoice.charges.filter(run=run)}
    cuts: dict[int | None, set[date]] = defaultdict(set)
    billed: dict[int | None, list[tuple[date, date]]] = defaultdict(list)
    for contract_id, _kind, _tariff, source, from_, to in made:
        cuts[contract_id] |= {from_, to}
        if not source:
            billed[contract_id].append((from_, to))
    with transaction.atomic():
        _forget_since(invoice, run)
        contracts = [
            each
            for each in gather(run.month, account, account)
            if each.facts.terms_code == invoice.terms_code
        ]
        transaction.set_rollback(True)
    had = _charged_products(made, Charge.Kind.BASE)
    carried = _charged_products(made, Charge.Kind.OPTION)
    borne = _choices(made)
    chosen = {kind for kinds in borne.values() for kind in kinds}
    periodic = PeriodicRater(book)
    found: dict[Key, RatedCharge] = {}
    for contract in contracts:
        # A change of hands on a day at which nothing that the run charged was cut was not known to it.
        known = tuple(day for day in contract.facts.passed if day in cuts[contract.contract_id])
        # The contract that bore the fee of a choice may be another's by now.
        others = [kind for kind in contract.choices if kind not in chosen]
        facts = contract.facts._replace(passed=known)
        facts = facts._replace(end=_known_end(book, facts, billed[contract.contract_id]))
        facts = facts._replace(options=_known_options(facts, carried[contract.contract_id]))
        facts = facts._replace(products=_known_products(book, facts, had[contract.contract_id]))
        contract = contract._replace(facts=facts, choices=(*borne.get(contract.contract_id, ()), *others))
        charges = charges_or_reason(book, periodic, contract)
        if isinstance(charges, str):  # it is parked now; what it was charged shows as a difference
            continue
        for charge in charges:
            key = key_of(contract.contract_id, charge)
            if key in lines and contract.partner_of(charge) != invoice.partner_id:
                continue  # somebody else would ask for it
            # Whom the run charged stays who owed it, whoever has the contract or its debts by now.
            if made.get(key, contract.owner(charge)) == account and key not in later:
                found[key] = charge
    return found


def _charged_products(made: Iterable[Key], of: Charge.Kind) -> dict[int | None, list[tuple[int, date, date]]]:
    """By contract the products whose fee a run charged, each with the first day of it and the day after the last."""
    made = [key for key in made if key[1] == of]
    tariffs = {tariff_id for _contract, _kind, tariff_id, *_rest in made if tariff_id}
    product_of = dict(
        Tariff.objects.filter(pk__in=tariffs, product__isnull=False).values_list("pk", "product_id")
    )
    found = defaultdict(list)
    for contract_id, _kind, tariff_id, _source, from_, to in made:
        if tariff_id in product_of:
            found[contract_id].append((product_of[tariff_id], from_, to))
    return found


def _known_end(book: RuleBook, facts: ContractFacts, billed: Iterable[tuple[date, date]]) -> date | None:
    """The last day of a contract, unless a run charged days behind it, which it can have done only without knowing it."""
    end = facts.end
    if end is None:
        return None
    by_days = _by_days(book, facts.terms_code, end)
    return None if any(from_ > end or (by_days and to > end + _DAY) for from_, to in billed) else end


def _by_days(book: RuleBook, terms_code: str, on: date) -> bool:
    rule = book.rule(terms_code, on, PeriodicCharge)
    return rule is not None and rule.basis == "day"


def _known_options(
    facts: ContractFacts, charged: Iterable[tuple[int, date, date]]
) -> tuple[OptionFacts, ...]:
    """The options of a contract without the ends behind which a run charged them: it did not know of those."""
    until: dict[int, date] = {}
    for product_id, _from, to in charged:
        until[product_id] = max(to, until.get(product_id, to))
    return tuple(
        option._replace(ends_on=None)
        if option.ends_on and until.get(option.product_id, date.min) > option.ends_on + _DAY
        else option
        for option in facts.options
    )


def _known_products(
    book: RuleBook, facts: ContractFacts, charged: Iterable[tuple[int, date, date]]
) -> tuple[ProductSpan, ...]:
    """The products of a contract without the changes that a run did not know of: it charged the product before for their days,
    or where fees fall due whole, for a first day among them."""
    found = list(facts.products[:1])
    for span in facts.products[1:]:
        before, end = found[-1], span.to or date.max
        by_days = _by_days(book, facts.terms_code, span.from_)
        if any(
            product == before.product_id and from_ < end and (to if by_days else from_ + _DAY) > span.from_
            for product, from_, to in charged
        ):
            found[-1] = before._replace(to=span.to)
        else:
            found.append(span)
    return tuple(found)


def _choices(made: Iterable[Key]) -> dict[int | None, list[str]]:
    """The kinds of the choices about invoices whose fee a run charged, by the contract that bore it."""
    found = defaultdict(list)
    for contract_id, _kind, _tariff, source, _from, _to in made:
        if source in OCCASIONS:
            found[contract_id].append(source)
    return found


def _contracts(invoice: Invoice) -> list[int]:
    """The contracts that the account has, had, or was charged for under the document."""
    charged = Charge.objects.filter(account=invoice.account_id, terms_code=invoice.terms_code)
    return list(charged.exclude(contract=None).order_by().values_list("contract_id", flat=True).distinct())


def _forget_since(invoice: Invoice, run: BillingRun) -> None:
    """Put what a run sees of earlier charges before the tables themselves, as it was when this run began.

    Temporary tables of the same names come first in PostgreSQL's search path, so that the statements of the run read them;
    they vanish when the caller rolls back. The tables themselves are not touched.
    """
    values: dict[str, Any] = {
        "account": invoice.account_id,
        "contracts": _contracts(invoice),
        "month": run.month,
    }
    with connection.cursor() as cursor:
        for statement in _FORGET:
            cursor.execute(statement, values)


_FORGET = (
    """
    CREATE TEMPORARY TABLE billing_charge AS
    SELECT charge.* FROM billing_charge charge LEFT JOIN billing_billingrun run ON run.id = charge.run_id
     WHERE (charge.account_id = %(account)s OR charge.contract_id = ANY(%(contracts)s::bigint[]))
       AND (charge.run_id IS NULL OR run.month < %(month)s)
    """,
    """
    CREATE TEMPORARY TABLE billing_parkedcontract AS
    SELECT parked.contract_id, parked.run_id, CASE WHEN run.month < %(month)s THEN run.id END AS resolved_in_id
      FROM billing_parkedcontract parked LEFT JOIN billing_billingrun run ON run.id = parked.resolved_in_id
     WHERE parked.contract_id = ANY(%(contracts)s::bigint[])
    """,
)


def _differences(invoice: Invoice, run: BillingRun, computed: dict[Key, RatedCharge]) -> Iterator[Difference]:
    charged = {
        _key(charge): charge
        for charge in Charge.objects.filter(
            account=invoice.account_id, terms_code=invoice.terms_code, run=run
        )
    }
    for key in charged.keys() | computed.keys():
        before, now = charged.get(key), computed.get(key)
        if (before and before.amount) != (now and now.amount):
            name = before.name if before else now.name if now else ""
            yield Difference(name, before.amount if before else None, now.amount if now else None)


def _key(charge: Charge) -> Key:
    return (
        charge.contract_id,
        charge.kind,
        charge.tariff_id,
        charge.source,
        charge.period.lower,
        charge.period.upper,
    )
