"""Rate the contracts of some accounts for a run and write what comes of it, all in the caller's transaction."""

import logging
from collections.abc import Iterable
from typing import NamedTuple

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from billing.chunks.book import load_book
from billing.chunks.gather import Gathered, Waiting, gather, gather_waiting
from billing.chunks.known import known_charges, known_invoices
from billing.chunks.write import ChargeRow, InvoiceRow, new_invoice_ids, write_charges, write_invoices
from billing.models import BillingRun, ParkedContract
from billing.rating.charge import RatedCharge
from billing.rating.contract import rate_contract
from billing.rating.errors import RatingError
from billing.rating.facts import ContractFacts
from billing.rating.invoices import Draft, Share, invoices_of
from billing.rating.periodic import PeriodicRater
from billing.rating.rulebook import RuleBook
from terms.calendar import Month
from terms.errors import TermsError

logger = logging.getLogger(__name__)


class Counts(NamedTuple):
    """What one call did."""

    contracts: int
    charges: int
    invoices: int
    parked: int


class _Rated(NamedTuple):
    contract: Gathered
    charges: list[RatedCharge]


def rate_accounts(run: BillingRun, first_account: int, last_account: int) -> Counts:
    """Charges and draft invoices of the accounts for the month of ``run``; contracts that fail are parked with the reason.

    A charge that is there already is not made again, and a month that is invoiced already is not invoiced again.
    """
    book = load_book()
    contracts = gather(run.month, first_account, last_account)
    waiting = gather_waiting(first_account, last_account)
    rated, parked = _rate(book, contracts)
    try:
        with transaction.atomic():
            counts = _write(run, book, rated, waiting)
    except IntegrityError:
        # Something is there already: leave out what is, one by one.
        counts = _write(
            run, book, _without_known(rated), waiting, known_invoices(run.month, first_account, last_account)
        )
    ParkedContract.objects.bulk_create(
        (
            ParkedContract(run=run, contract_id=contract_id, reason=reason)
            for contract_id, reason in parked.items()
        ),
        ignore_conflicts=True,
    )
    _resolve(run, [item.contract.facts.contract_id for item in rated if len(item.contract.facts.months) > 1])
    return Counts(len(contracts), counts[0], counts[1], len(parked))


def _rate(book: RuleBook, contracts: Iterable[Gathered]) -> tuple[list[_Rated], dict[int, str]]:
    periodic = PeriodicRater(book)
    rated, parked = [], {}
    for contract in contracts:
        try:
            charges = charges_of(book, periodic, contract.facts)
        except RatingError as error:
            parked[contract.facts.contract_id] = _(error.message) % error.facts
        except TermsError as error:
            parked[contract.facts.contract_id] = str(error)
        except Exception as error:  # one bad contract must never stop a month: it is parked, logged, and seen
            logger.exception("contract %s could not be rated", contract.facts.contract_id)
            parked[contract.facts.contract_id] = f"{type(error).__name__}: {error}"
        else:
            if charges or len(contract.facts.months) > 1:
                rated.append(_Rated(contract, charges))
    return rated, parked


def charges_of(book: RuleBook, periodic: PeriodicRater, facts: ContractFacts) -> list[RatedCharge]:
    """By the book that all share, or by a contract's own where something was agreed otherwise."""
    if not facts.agreed:
        return rate_contract(book, periodic, facts)
    own = book.under(facts.agreed)
    return rate_contract(own, PeriodicRater(own), facts)


def _write(
    run: BillingRun,
    book: RuleBook,
    rated: list[_Rated],
    waiting: list[Waiting],
    invoiced: frozenset[tuple[int, str, int | None]] = frozenset(),
) -> tuple[int, int]:
    """How many charges and invoices were written."""
    shares: dict[int, list[Share]] = {}
    for contract, charges in rated:
        mine = shares.setdefault(contract.account_id, [])
        for charge in charges:
            mine.append(
                Share(
                    contract.facts.terms_code,
                    contract.partner_id,
                    charge.tax_category,
                    charge.tax_rate,
                    charge.amount,
                )
            )
    for kept in waiting:
        shares.setdefault(kept.account_id, []).append(kept.share)
    last_day = Month.of(run.month).last
    drafts: list[tuple[int, Draft]] = [
        (account_id, draft)
        for account_id, parts in shares.items()
        for draft in invoices_of(book, last_day, parts)
        if (account_id, draft.terms_code, draft.partner_id) not in invoiced
    ]
    invoices = [
        InvoiceRow(invoice_id, account_id, draft)
        for invoice_id, (account_id, draft) in zip(new_invoice_ids(len(drafts)), drafts, strict=True)
    ]
    place = {(row.account_id, row.draft.terms_code, row.draft.partner_id): row.invoice_id for row in invoices}
    rows = [
        ChargeRow(
            contract.account_id,
            contract.facts.contract_id,
            place.get((contract.account_id, contract.facts.terms_code, contract.partner_id)),
            contract.facts.terms_code,
            charge,
        )
        for contract, charges in rated
        for charge in charges
    ]
    write_invoices(run.pk, run.month, invoices)
    write_charges(run.pk, rows)
    _attach(waiting, place)
    return len(rows), len(invoices)


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
            cursor.execute(
                "UPDATE billing_charge charge SET invoice_id = place.invoice"
                " FROM unnest(%s::bigint[], %s::bigint[]) AS place (charge, invoice) WHERE charge.id = place.charge",
                [list(charges), list(invoices)],
            )


def _without_known(rated: list[_Rated]) -> list[_Rated]:
    known = known_charges([item.contract.facts.contract_id for item in rated])
    return [
        _Rated(
            item.contract,
            [
                charge
                for charge in item.charges
                if (
                    item.contract.facts.contract_id,
                    charge.kind,
                    charge.tariff_id,
                    charge.source,
                    charge.period_from,
                    charge.period_to,
                )
                not in known
            ],
        )
        for item in rated
    ]


def _resolve(run: BillingRun, contracts: list[int]) -> None:
    """The missing months of these contracts are rated now."""
    if contracts:
        ParkedContract.objects.filter(
            contract_id__in=contracts, resolved_in__isnull=True, run__month__lt=run.month
        ).update(resolved_in=run)
