"""What was delivered and not yet billed when all debts fell due is charged out of turn (期限の利益の喪失, business-network 10-2)."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Exists, OuterRef

from billing.chunks.book import load_book
from billing.chunks.gather import Gathered, gather
from billing.chunks.known import ChargeKey, key_of, known_charges
from billing.chunks.rate import charges_of
from billing.models import BillingAccount, Charge
from billing.rating.charge import RatedCharge
from billing.rating.errors import RatingError
from billing.rating.invoices import Share, invoices_of
from billing.rating.periodic import PeriodicRater
from billing.rating.rulebook import RuleBook
from billing.selectors import unbilled_since
from contracts.models import Acceleration
from contracts.moments import start_of
from contracts.services.note_change import note_change
from notices.services.send_notice import send_notice
from terms.article import ArticleRef
from terms.calendar import Month
from terms.errors import TermsError
from terms.registry import pack_for
from workflow.models import StateChange
from workflow.selectors import clock_user

logger = logging.getLogger(__name__)

_DONE = "charge_unbilled"
_IN_TURN = (Charge.Kind.INSTALMENT,)
"""What is asked for month by month, whenever it is computed."""


@dataclass(frozen=True)
class _Unbilled:
    contract: Gathered
    charge: RatedCharge


def charge_unbilled(*, on: date) -> int:
    """Charge what each acceleration that was recorded before ``on`` found delivered and not billed; how many had something.

    Through the day of the record: whole fees that had begun, days that were over, and what was done once. The charges wait
    for the next invoice, which is due on its day of issue; the subscriber is told their sum, and that it is due, at once.
    Safe to run twice. What cannot be rated is left to the run, and logged.
    """
    done = StateChange.objects.filter(
        subject_type=ContentType.objects.get_for_model(Acceleration),
        subject_id=OuterRef("pk"),
        transition=_DONE,
    )
    waiting = Acceleration.objects.filter(~Exists(done), recorded_on__lt=on, withdrawn_on__isnull=True)
    count = 0
    for each in waiting.select_related("contract", "subscriber").order_by("pk"):
        try:
            count += _charge(each, on)
        except (
            Exception
        ):  # one bad case must not keep the others from theirs, nor from their steps; it is tried again
            logger.exception("what acceleration %s leaves unbilled could not be charged", each.pk)
    return count


def _charge(acceleration: Acceleration, on: date) -> bool:
    article = ArticleRef.parse(acceleration.article)
    with transaction.atomic():
        account = (
            BillingAccount.objects.select_for_update(of=("self",))
            .filter(subscriber=acceleration.subscriber_id)
            .first()
        )
        book = load_book()
        found = list(_unbilled(book, acceleration, account.pk)) if account else []
        if account and found:
            Charge.objects.bulk_create(_row(account, each) for each in found)
            _tell(book, acceleration, found, on)
        reason = f"{sum(each.charge.amount for each in found):,}円"
        note_change(acceleration, _DONE, by=clock_user(), on=on, reason=reason, article=article)
    return bool(found)


def _unbilled(book: RuleBook, acceleration: Acceleration, account_id: int) -> Iterator[_Unbilled]:
    """Each once: what was done late in a month is found for that month and for the next."""
    through, periodic = acceleration.recorded_on, PeriodicRater(book)
    seen: set[ChargeKey] = set()
    for month in _months(through):
        mine = [
            each
            for each in gather(month, account_id, account_id)
            if each.facts.terms_code == acceleration.terms_code and each.partner_id is None
        ]
        known = known_charges([each.contract_id for each in mine])
        for each in mine:
            try:
                charges = charges_of(book, periodic, each.facts)
            except (RatingError, TermsError):
                logger.warning("contract %s could not be rated out of turn", each.contract_id, exc_info=True)
                continue
            for charge in each.of_accounts(account_id, account_id, charges).get(account_id, []):
                key = key_of(each.contract_id, charge)
                delivered = charge.period_from <= through and charge.kind not in _IN_TURN
                if delivered and key not in known and key not in seen:
                    seen.add(key)
                    yield _Unbilled(each, charge)


def _months(through: date) -> Iterator[date]:
    """The months that no run has billed, up to the one after that of the day: a tariff month may end in it."""
    last = Month.of(through).plus(1)
    month = Month.of(unbilled_since() or through)
    while month <= last:
        yield month.first
        month = month.plus(1)


def _row(account: BillingAccount, unbilled: _Unbilled) -> Charge:
    charge = unbilled.charge
    return Charge(
        account=account,
        terms_code=unbilled.contract.facts.terms_code,
        contract_id=unbilled.contract.contract_id,
        tariff_id=charge.tariff_id,
        kind=charge.kind,
        source=charge.source,
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


def _tell(book: RuleBook, acceleration: Acceleration, found: list[_Unbilled], on: date) -> None:
    shares = [
        Share(
            acceleration.terms_code, None, each.charge.tax_category, each.charge.tax_rate, each.charge.amount
        )
        for each in found
    ]
    drafts = invoices_of(book, acceleration.recorded_on, shares)
    total = sum(draft.total for draft in drafts)
    if total <= 0:
        return
    send_notice(
        occasion="unbilled_fell_due",
        recipient=acceleration.subscriber,
        about=acceleration,
        article=ArticleRef.parse(acceleration.article),
        facts={
            "terms_title": pack_for(acceleration.terms_code, on, earliest=True).title,
            "through": acceleration.recorded_on,
            "due_on": acceleration.recorded_on,
            "charges": [(each.charge.name, each.charge.amount) for each in found],
            "tax": sum(tax.tax for draft in drafts for tax in draft.taxes),
            "total": total,
        },
        at=start_of(on),
    )
