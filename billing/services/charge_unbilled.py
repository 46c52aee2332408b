"""What was delivered and not yet billed when all debts fell due is charged out of turn (期限の利益の喪失, business-network 10-2)."""

import logging
from datetime import date

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Exists, OuterRef

from billing.chunks.book import load_book
from billing.models import BillingAccount, Charge
from billing.out_of_turn import Unbilled, charge_row, unbilled
from billing.rating.invoices import Share, invoices_of
from billing.rating.rulebook import RuleBook
from contracts.models import Acceleration
from contracts.moments import start_of
from contracts.services.note_change import note_change
from notices.services.send_notice import send_notice
from terms.article import ArticleRef
from terms.registry import pack_for
from workflow.models import StateChange
from workflow.selectors import clock_user

logger = logging.getLogger(__name__)

_DONE = "charge_unbilled"


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
        found: list[Unbilled] = []
        if account:
            through = acceleration.recorded_on
            found = list(unbilled(book, account, terms_code=acceleration.terms_code, through=through))
            Charge.objects.bulk_create(charge_row(account, each) for each in found)
        if found:
            _tell(book, acceleration, found, on)
        reason = f"{sum(each.charge.amount for each in found):,}円"
        note_change(acceleration, _DONE, by=clock_user(), on=on, reason=reason, article=article)
    return bool(found)


def _tell(book: RuleBook, acceleration: Acceleration, found: list[Unbilled], on: date) -> None:
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
