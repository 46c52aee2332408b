"""A partner who prices a course cancels it: the course ends, and the contract goes on under another."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from contracts.guards.silent import no_such_clause
from contracts.models import Contract, PartnerCancellation
from contracts.services.add_option import RUNNING
from contracts.services.change_product import change_product
from contracts.services.note_change import note_change
from terms.article import ArticleRef
from workflow.errors import Refused
from workflow.models import User
from workflow.selectors import clock_user


def record_partner_cancellation(
    *, contract: Contract, by: User, on: date, effective_on: date, reference: str
) -> PartnerCancellation:
    """The partner told on ``on`` that the course ends, so that from ``effective_on`` the other one goes on (isp-access 25).

    ``reference``: of the partner's message. Which course goes on is the product's ``becomes``. It is carried out by
    carry_out_partner_cancellations. Refused where the document has no such clause or nobody prices the course;
    ValidationError where the catalogue names no course that goes on, or one is reported already.
    """
    table = contract.pack(on).partner_cancellation
    if table is None or contract.partner is None:
        raise Refused(
            no_such_clause(
                contract.pack(on),
                "no_partner_course",
                _("No partner prices this course who could cancel it."),
            )
        )
    if contract.product.becomes is None:
        raise ValidationError(_("The catalogue does not say which course goes on; enter it at the product."))
    with transaction.atomic():
        cancellation = PartnerCancellation(
            contract=contract,
            partner=contract.partner,
            becomes=contract.product.becomes,
            received_on=on,
            effective_on=max(effective_on, on),
            reference=reference,
            article=str(table.article),
        )
        cancellation.full_clean()
        cancellation.save()
        note_change(contract, "cancelled_by_partner", by=by, on=on, reason=reference, article=table.article)
    return cancellation


def carry_out_partner_cancellations(*, on: date) -> int:
    """Move the contracts whose course has ended by ``on``; returns how many. Safe to run twice."""
    due = PartnerCancellation.objects.filter(
        done_on__isnull=True, effective_on__lte=on, contract__state__in=RUNNING
    ).select_related("contract__subscriber", "contract__product", "becomes")
    for each in due:
        with transaction.atomic():
            change_product(
                contract=each.contract,
                product=each.becomes,
                by=clock_user(),
                on=each.effective_on,
                article=ArticleRef.parse(each.article),
            )
            each.done_on = on
            each.save(update_fields=["done_on"])
    return len(due)
