"""Rate the contracts of some accounts for a run and write what comes of it, all in the caller's transaction."""

import gc
import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import NamedTuple

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from billing.chunks.book import load_book
from billing.chunks.gather import Gathered, Waiting, gather, gather_waiting
from billing.chunks.known import key_of, known_charges, known_invoices, paid_later
from billing.chunks.write import ContractRow, InvoiceRow, new_invoice_ids, write_charges, write_invoices
from billing.models import BillingRun, ParkedContract
from billing.rating.charge import RatedCharge
from billing.rating.contract import rate_contract
from billing.rating.errors import RatingError
from billing.rating.invoice_fees import invoice_fees
from billing.rating.invoices import Draft, Share, invoices_of
from billing.rating.periodic import PeriodicRater
from billing.rating.rulebook import RuleBook
from contracts.models import Product
from terms.calendar import Month
from terms.errors import TermsError

logger = logging.getLogger(__name__)


class Counts(NamedTuple):
    """What one call did."""

    contracts: int
    charges: int
    invoices: int
    parked: int


class Rated(NamedTuple):
    """A contract and its charges; contracts alike share the list."""

    contract: Gathered
    charges: list[RatedCharge]


def rate_accounts(run: BillingRun, first_account: int, last_account: int) -> Counts:
    """Charges and draft invoices of the accounts for the month of ``run``; contracts that fail are parked with the reason.

    A charge that is there already is not made again, and a month that is invoiced already is not invoiced again.
    """
    with _uncollected():
        return _rate_accounts(run, first_account, last_account)


@contextmanager
def _uncollected() -> Iterator[None]:
    """A chunk makes hundreds of thousands of objects and no circles: to look for some takes a fifth of its time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _rate_accounts(run: BillingRun, first_account: int, last_account: int) -> Counts:
    book = load_book()
    contracts = gather(run.month, first_account, last_account)
    waiting = gather_waiting(first_account, last_account)
    rated, parked = rate_all(book, contracts)
    resolved = [item.contract.contract_id for item in rated if len(item.contract.facts.months) > 1]
    rated = _shared_out(rated, first_account, last_account)
    later = paid_later(run.month, first_account, last_account)
    try:
        with transaction.atomic():
            counts = _write(run, book, rated, waiting, later)
    except IntegrityError:
        # Something is there already: leave out what is, one by one.
        invoiced = known_invoices(run.month, first_account, last_account)
        counts = _write(run, book, _without_known(rated), waiting, later, invoiced)
    ParkedContract.objects.bulk_create(
        (
            ParkedContract(run=run, contract_id=contract_id, reason=reason)
            for contract_id, reason in parked.items()
        ),
        ignore_conflicts=True,
    )
    _resolve(run, resolved)
    return Counts(len(contracts), counts[0], counts[1], len(parked))


def rate_all(book: RuleBook, contracts: Sequence[Gathered]) -> tuple[list[Rated], dict[int, str]]:
    """The charges of the contracts that have some, and by contract the reason why one cannot be rated.

    Contracts with the same facts and choices are rated once and share the list.
    """
    periodic = PeriodicRater(book)
    rated, parked = [], {}
    known: dict[tuple[int, tuple[str, ...]], list[RatedCharge] | str] = {}
    for contract in contracts:
        alike = (id(contract.facts), contract.choices)
        charges = known.get(alike)
        if charges is None:
            charges = known[alike] = charges_or_reason(book, periodic, contract)
        if isinstance(charges, str):
            parked[contract.contract_id] = charges
        elif charges or len(contract.facts.months) > 1:
            rated.append(Rated(contract, charges))
    return rated, parked


def _shared_out(rated: list[Rated], first: int, last: int) -> list[Rated]:
    """The charges with the account of whoever had the contract, as far as that account is of this chunk, and with who asks
    for them."""
    found = []
    for item in rated:
        contract, charges = item
        if contract.before:
            shares = [
                Rated(contract._replace(account_id=account_id), theirs)
                for account_id, theirs in contract.of_accounts(first, last, charges).items()
            ]
        else:
            shares = [item]
        if contract.facts.products:
            shares = [
                Rated(share.contract._replace(partner_id=partner_id), theirs)
                for share in shares
                for partner_id, theirs in contract.of_partners(share.charges).items()
            ]
        found += shares
    return found


def charges_or_reason(book: RuleBook, periodic: PeriodicRater, contract: Gathered) -> list[RatedCharge] | str:
    """As ``charges_of``, or the reason in words why the contract cannot be rated."""
    try:
        return charges_of(book, periodic, contract)
    except RatingError as error:
        return _(error.message) % _named(error.facts)
    except TermsError as error:
        return str(error)
    except Exception as error:  # one bad contract must never stop a month: it is parked, logged, and seen
        logger.exception("contract %s could not be rated", contract.contract_id)
        return f"{type(error).__name__}: {error}"


def _named(facts: Mapping[str, object]) -> Mapping[str, object]:
    """The facts of an error with the name of the product that the rating, which knows no names, calls by its id."""
    product = facts.get("product")
    if isinstance(product, int):
        return {**facts, "product": Product.objects.values_list("name", flat=True).get(pk=product)}
    return facts


def charges_of(book: RuleBook, periodic: PeriodicRater, contract: Gathered) -> list[RatedCharge]:
    """The charges of a contract, and what its invoices cost: by the book that all share, or by its own where something was
    agreed otherwise.
    """
    facts = contract.facts
    own = book.under(facts.agreed) if facts.agreed else book
    charges = rate_contract(own, PeriodicRater(own) if facts.agreed else periodic, facts)
    if contract.choices:
        charges += list(invoice_fees(own, facts, contract.choices, charges))
    return charges


def _write(
    run: BillingRun,
    book: RuleBook,
    rated: list[Rated],
    waiting: list[Waiting],
    later: frozenset[tuple[int, str]],
    invoiced: frozenset[tuple[int, str, int | None]] = frozenset(),
) -> tuple[int, int]:
    """How many charges and invoices were written; what is paid ``later`` together with other months waits for its invoice."""
    drafts = [
        (account_id, draft)
        for account_id, drafts in _drafts(book, Month.of(run.month).last, rated, waiting)
        for draft in drafts
        if (account_id, draft.terms_code, draft.partner_id) not in invoiced
        and (account_id, draft.terms_code) not in later
    ]
    invoices = [
        InvoiceRow(invoice_id, account_id, draft)
        for invoice_id, (account_id, draft) in zip(new_invoice_ids(len(drafts)), drafts, strict=True)
    ]
    place = {(row.account_id, row.draft.terms_code, row.draft.partner_id): row.invoice_id for row in invoices}
    write_invoices(run.pk, run.month, invoices)
    count = write_charges(
        run.pk,
        [
            ContractRow(
                contract.account_id,
                contract.contract_id,
                place.get((contract.account_id, contract.facts.terms_code, contract.partner_id)),
                contract.facts.terms_code,
                charges,
            )
            for contract, charges in rated
        ],
    )
    _attach(waiting, place)
    return count, len(invoices)


def _drafts(
    book: RuleBook, last_day: date, rated: list[Rated], waiting: list[Waiting]
) -> Iterator[tuple[int, list[Draft]]]:
    """The invoices of each account, computed once for all accounts with the same charges."""
    accounts: dict[int, list[Rated]] = {}
    for item in rated:
        accounts.setdefault(item.contract.account_id, []).append(item)
    late: dict[int, list[Share]] = {}
    for kept in waiting:
        late.setdefault(kept.account_id, []).append(kept.share)
    known: dict[tuple[tuple[int, int | None], ...], list[Draft]] = {}
    for account_id, mine in accounts.items():
        if account_id in late:
            yield account_id, invoices_of(book, last_day, [*_shares(mine), *late.pop(account_id)])
            continue
        alike = tuple([(id(charges), contract.partner_id) for contract, charges in mine])
        drafts = known.get(alike)
        if drafts is None:
            drafts = known[alike] = invoices_of(book, last_day, _shares(mine))
        yield account_id, drafts
    for account_id, shares in late.items():
        yield account_id, invoices_of(book, last_day, shares)


def _shares(rated: Iterable[Rated]) -> Iterator[Share]:
    for contract, charges in rated:
        for charge in charges:
            yield Share(
                contract.facts.terms_code,
                contract.partner_id,
                charge.tax_category,
                charge.tax_rate,
                charge.amount,
            )


def _attach(waiting: list[Waiting], place: dict[tuple[int, str, int | None], int]) -> None:
    """Put the charges that waited on their invoices."""
    found = [
        (charge.charge_id, invoice_id)
        for charge in waiting
        if (invoice_id := place.get((charge.account_id, charge.share.terms_code, charge.share.partner_id)))
    ]
    if found:
        charges, invoices = zip(*found, strict=True)
        with connection.cursor() as cursor:
            # Where it is not set at all, each row costs pgtrigger an exception, which walks through all checks that are deferred.
            cursor.execute("SET LOCAL pgtrigger.ignore = '{}'")
            cursor.execute(
                "UPDATE billing_charge charge SET invoice_id = place.invoice"
                " FROM unnest(%s::bigint[], %s::bigint[]) AS place (charge, invoice) WHERE charge.id = place.charge",
                [list(charges), list(invoices)],
            )


def _without_known(rated: list[Rated]) -> list[Rated]:
    known = known_charges([item.contract.contract_id for item in rated])
    return [
        Rated(
            item.contract,
            [charge for charge in item.charges if key_of(item.contract.contract_id, charge) not in known],
        )
        for item in rated
    ]


def _resolve(run: BillingRun, contracts: list[int]) -> None:
    """The missing months of these contracts are rated now."""
    if contracts:
        ParkedContract.objects.filter(
            contract_id__in=contracts, resolved_in__isnull=True, run__month__lt=run.month
        ).update(resolved_in=run)
