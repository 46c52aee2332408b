"""Take money in advance for what will be asked for later (前受金)."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from billing.models import BillingAccount, Payment
from billing.selectors import open_invoices
from billing.services.record_payment import record_payment
from contracts.guards.silent import no_such_clause
from contracts.services.note_change import note_change
from terms.registry import pack_for
from workflow.errors import Refused
from workflow.models import User


def take_advance(
    *,
    account: BillingAccount,
    terms_code: str,
    amount: int,
    paid_on: date,
    method: str,
    reference: str,
    wish: str,
    by: User,
    at: datetime,
) -> Payment:
    """A payment of ``amount`` yen that stays on the account until an invoice takes it; whatever is left goes back as it came.

    It bears no interest (hikari-line 通則7): no rule of ours adds any to a payment. ``wish``: how the subscriber asked for it,
    since nobody is made to pay in advance. Refused where the document does not provide for it; ValidationError without a
    wish, under a document of which the subscriber has no contract, and while anything is open, which is paid first.
    """
    pack = pack_for(terms_code, paid_on)
    clause = pack.advance_payment
    if clause is None:
        raise Refused(
            no_such_clause(pack, "no_advance", _("This document does not provide for payments in advance."))
        )
    if not wish.strip():
        raise ValidationError({"wish": _("Say how the subscriber asked for it.")})
    if not account.subscriber.contracts.filter(terms_code=terms_code, formed_on__isnull=False).exists():
        raise ValidationError({"terms_code": _("The subscriber has no contract under this document.")})
    with transaction.atomic():
        if open_invoices(account=account).exists():
            raise ValidationError({"amount": _("What is open is paid first; record it as a payment.")})
        payment = record_payment(
            account=account,
            amount=amount,
            paid_on=paid_on,
            method=method,
            reference=reference,
            by=by,
            at=at,
            advance_under=str(clause.article),
        )
        note_change(payment, "take_advance", by=by, on=paid_on, reason=wish, article=clause.article)
    return payment
