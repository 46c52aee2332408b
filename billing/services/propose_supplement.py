"""Propose to charge what an invoice asked for too little, and decide on it."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from billing.models import Charge, Invoice, Supplement
from billing.models.supplement import SUPPLEMENT
from contracts.services.pending import pending
from terms.article import ArticleRef
from terms.registry import pack_for
from workflow.models import User
from workflow.services.approve import decide, propose


def propose_supplement(
    *, charge: Charge, amount: int, reason: str, by: User, at: datetime, name: str = ""
) -> Supplement:
    """``amount`` yen without tax that ``charge`` fell short of what the document makes payable, proposed at ``at`` and
    waiting for a second person.

    It rests on the document's clause on underbilling (hikari-line 別記9の2), or, where that is silent, on the article that
    makes the charge payable. ValidationError for a charge that no invoice asks for yet, and for nothing missing.
    """
    invoice = charge.invoice
    if invoice is None or invoice.state in (Invoice.State.DRAFT, Invoice.State.VOID):
        raise ValidationError(_("No invoice asks for this charge; there is nothing to add to."))
    if amount <= 0:
        raise ValidationError({"amount": _("Say how many yen are missing.")})
    if not reason.strip():
        raise ValidationError({"reason": _("Say why it was too little.")})
    with transaction.atomic():
        supplement = Supplement(
            of=charge,
            name=(name.strip() or f"{charge.name}（請求不足分）")[:120],
            amount=amount,
            reason=reason.strip(),
            article=underbilled_by(charge),
        )
        supplement.full_clean()
        supplement.save()
        propose(supplement, SUPPLEMENT, by=by, reason=reason, at=at)
    return supplement


def underbilled_by(charge: Charge) -> str:
    """The article by which what was billed too low is still owed; that of the charge where its document is silent."""
    clause = pack_for(charge.terms_code, charge.period.lower, earliest=True).underbilling
    return str(clause.article) if clause else charge.article


def approve_supplement(*, supplement: Supplement, by: User, at: datetime) -> Charge:
    """The charge, waiting for the next invoice: taxed as the one that fell short, and due with that invoice, not before.

    NotPermitted for the one who proposed it.
    """
    of = supplement.of
    with transaction.atomic():
        decide(pending(supplement, SUPPLEMENT), by=by, at=at, approved=True)
        charge = Charge.objects.create(
            account=of.account,
            terms_code=of.terms_code,
            contract=of.contract,
            kind=Charge.Kind.ADJUSTMENT,
            source=f"supplement:{supplement.pk}",
            name=supplement.name,
            period=of.period,
            unit_price=supplement.amount,
            amount=supplement.amount,
            tax_category=of.tax_category,
            tax_rate=of.tax_rate,
            article=str(ArticleRef.parse(supplement.article)),
        )
        supplement.charge = charge
        supplement.save(update_fields=["charge"])
    return charge


def reject_supplement(*, supplement: Supplement, by: User, at: datetime, reason: str) -> None:
    """The proposal comes to nothing. NotPermitted for the one who proposed it."""
    decide(pending(supplement, SUPPLEMENT), by=by, at=at, approved=False, reason=reason)
