"""A subscriber wishes invoices by post, or by e-mail again (hikari-line 39, 料金表 第2類 請求書発行手数料)."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from billing.models import BillingAccount, InvoiceChoice
from billing.selectors import unbilled_since
from contracts.services.note_change import note_change
from terms.calendar import Month
from workflow.models import User

LETTER = InvoiceChoice.Kind.LETTER


def choose_letters(*, account: BillingAccount, by: User, on: date) -> InvoiceChoice:
    """From the invoice for the month of ``on`` on, or the first month that is not billed yet, invoices come as letters.

    ValidationError where they do already, or there is no address to send them to.
    """
    if not account.subscriber.full_address.strip():
        raise ValidationError(_("There is no address to send letters to; enter it first."))
    with transaction.atomic():
        BillingAccount.objects.select_for_update(of=("self",)).get(pk=account.pk)
        choice = InvoiceChoice(account=account, kind=LETTER, since=_first_month(on))
        choice.full_clean()
        choice.save()
        note_change(account, "choose_letters", by=by, on=on, reason=str(choice.since))
    return choice


def stop_letters(*, account: BillingAccount, by: User, on: date) -> InvoiceChoice:
    """From the invoice for the month of ``on`` on, or the first month that is not billed yet, they come by e-mail again.

    ValidationError where they do not come as letters, or the subscriber has no e-mail address.
    """
    if not account.subscriber.email:
        raise ValidationError(_("There is no e-mail address to send invoices to; enter it first."))
    with transaction.atomic():
        choice = (
            InvoiceChoice.objects.select_for_update()
            .filter(account=account, kind=LETTER, until__isnull=True)
            .first()
        )
        if choice is None:
            raise ValidationError(_("The invoices of this account do not come by post."))
        choice.until = max(choice.since, _first_month(on))
        choice.save(update_fields=["until"])
        note_change(account, "stop_letters", by=by, on=on, reason=str(choice.until))
    return choice


def comes_by_post(account: BillingAccount) -> bool:
    """Whether the invoices of an account come as letters, from a month that began or is to come."""
    return InvoiceChoice.objects.filter(account=account, kind=LETTER, until__isnull=True).exists()


def _first_month(on: date) -> date:
    """The month of a day, or the first one after it that no run has billed."""
    this = Month.of(on).first
    return max(this, unbilled_since() or this)
