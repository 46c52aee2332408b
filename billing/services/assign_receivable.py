"""債権譲渡: a claim goes to a billing operator, who asks for the money from then on."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from billing.models import BillingAccount, Invoice, ReceivableEnd
from billing.services.cure_arrears import cure_arrears
from billing.services.hand_over_claim import hand_over_claim
from contracts.models import Partner
from contracts.moments import start_of
from notices.services.send_notice import send_notice
from terms.article import ArticleRef
from terms.registry import pack_for, statute
from workflow.models import User
from workflow.services.perform import perform

ASSIGNMENT = "receivable_assignment"
"""The clause by which subscribers agree that claims are assigned without telling each of them."""


def assign_receivable(*, invoice: Invoice, partner: Partner, by: User, on: date) -> ReceivableEnd:
    """What is owed on the invoice is ``partner``'s claim from ``on``.

    Where the document says so of such a claim, nobody is told individually; otherwise the subscriber is, as the law wants it
    (民法467). What isp-access 32-2 says is about courses that a partner prices.
    ``partner`` is told of the claim and of what it needs to collect it, which the register of disclosures shows (hikari-line
    57-3). ValidationError where nothing is owed, for a day before the invoice, or where the partner is no billing operator;
    Refused where the document asks for a consent to that, and it is not on record.
    """
    if partner.role != Partner.Role.BILLING_OPERATOR:
        raise ValidationError({"partner": _("%(partner)s is no billing operator.") % {"partner": partner}})
    clause = next(
        (
            each.article
            for each in pack_for(invoice.terms_code, on).consents
            if each.code == ASSIGNMENT and (invoice.partner_id == partner.pk or not each.partner_priced)
        ),
        None,
    )
    article = clause or statute(on).article("民法467")
    with transaction.atomic():
        account = BillingAccount.objects.select_for_update(of=("self",)).get(pk=invoice.account_id)
        invoice.refresh_from_db()
        if not invoice.is_open:
            raise ValidationError(_("Nothing is owed on invoice %(invoice)s.") % {"invoice": invoice})
        if invoice.issued_on and on < invoice.issued_on:
            raise ValidationError(
                {"on": _("The invoice was issued on %(day)s, not before.") % {"day": invoice.issued_on}}
            )
        owed = invoice.open_amount
        perform(invoice, "assign", by=by, on=on, article=article)
        ended = ReceivableEnd.objects.create(
            invoice=invoice,
            kind=ReceivableEnd.Kind.ASSIGNED,
            amount=owed,
            on=on,
            partner=partner,
            article=str(article),
            by=by,
        )
        if clause is None:
            _tell(invoice, partner, owed, on, article)
        hand_over_claim(invoice=invoice, partner=partner, total=owed, by=by, at=start_of(on))
        cure_arrears(account=account, by=by, on=on)
    return ended


def _tell(invoice: Invoice, partner: Partner, owed: int, on: date, article: ArticleRef) -> None:
    send_notice(
        occasion="claim_assigned",
        recipient=invoice.account.subscriber,
        about=invoice,
        article=article,
        facts={
            "invoice_number": invoice.number,
            "month": invoice.month,
            "total": owed,
            "assignee": partner.name,
            "assigned_on": on,
        },
        at=start_of(on),
    )
