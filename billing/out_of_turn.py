"""What was delivered by a day and is on no charge yet: to be asked for before the run of its month."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from billing.chunks.gather import Gathered, gather
from billing.chunks.known import ChargeKey, key_of, known_charges
from billing.chunks.rate import charges_of
from billing.models import BillingAccount, Charge
from billing.rating.charge import RatedCharge
from billing.rating.errors import RatingError
from billing.rating.periodic import PeriodicRater
from billing.rating.rulebook import RuleBook
from billing.selectors import unbilled_since
from terms.calendar import Month
from terms.errors import TermsError

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Unbilled:
    """A charge as it is rated, and the contract that it is for."""

    contract: Gathered
    charge: RatedCharge


def unbilled(
    book: RuleBook, account: BillingAccount, *, terms_code: str, through: date
) -> Iterator[Unbilled]:
    """Whole fees that had begun, days that were over and what was done once, of the account's contracts under a document.

    Days are cut where the database says so (billing.chunks.sql.CUTS), which has to know of the day before this is asked. Each
    once: what was done late in a month is found for that month and for the next. What cannot be rated is left to the run, and
    logged. What a billing operator asks for is not among them.
    """
    periodic = PeriodicRater(book)
    seen: set[ChargeKey] = set()
    for month in _months(through):
        mine = [each for each in gather(month, account.pk, account.pk) if each.facts.terms_code == terms_code]
        known = known_charges([each.contract_id for each in mine])
        for each in mine:
            try:
                charges = charges_of(book, periodic, each)
            except (RatingError, TermsError):
                logger.warning("contract %s could not be rated out of turn", each.contract_id, exc_info=True)
                continue
            for charge in each.of_accounts(account.pk, account.pk, charges).get(account.pk, []):
                key = key_of(each.contract_id, charge)
                if each.partner_of(charge) is not None:
                    continue
                if _delivered(charge, through) and key not in known and key not in seen:
                    seen.add(key)
                    yield Unbilled(each, charge)


def _delivered(charge: RatedCharge, through: date) -> bool:
    """Instalments are asked for month by month, and what was used is known when its month is over."""
    if charge.kind == Charge.Kind.INSTALMENT:
        return False
    if charge.kind == Charge.Kind.USE:
        return charge.period_to <= through + timedelta(days=1)
    return charge.period_from <= through


def _months(through: date) -> Iterator[date]:
    """The months that no run has billed, up to the one after that of the day: a tariff month may end in it."""
    last = Month.of(through).plus(1)
    month = Month.of(unbilled_since() or through)
    while month <= last:
        yield month.first
        month = month.plus(1)


def charge_row(account: BillingAccount, unbilled: Unbilled) -> Charge:
    """The charge of the account, not saved yet."""
    contract = unbilled.contract
    return row_of(
        unbilled.charge,
        account=account,
        contract_id=contract.contract_id,
        terms_code=contract.facts.terms_code,
    )


def row_of(
    charge: RatedCharge, *, account: BillingAccount, contract_id: int, terms_code: str, source: str = ""
) -> Charge:
    """A charge as it is rated, for a contract and on an account, not saved yet; ``source`` in place of its own."""
    return Charge(
        account=account,
        terms_code=terms_code,
        contract_id=contract_id,
        tariff_id=charge.tariff_id,
        kind=charge.kind,
        source=source or charge.source,
        name=charge.name,
        period=(charge.period_from, charge.period_to),
        unit_price=charge.unit_price,
        days=charge.days,
        of_days=charge.of_days,
        amount=charge.amount,
        tax_category=charge.tax_category,
        tax_rate=charge.tax_rate,
        article=charge.article,
        explanation=[line.as_dict() for line in charge.explanation],
    )
