"""Propose to give back a part of an invoice, or to void it; a second person decides."""

from collections.abc import Mapping
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from billing.models import CreditNote, CreditProposal, Invoice
from billing.models.credit_note import CREDIT
from billing.services.issue_credit_note import check_credit, issue_credit_note
from billing.services.void_invoice import void_invoice
from contracts.services.pending import pending
from workflow.models import User
from workflow.services.approve import decide, propose


def propose_credit(
    *,
    invoice: Invoice,
    by: User,
    at: datetime,
    reason: str,
    amounts: Mapping[int, int] | None = None,
    void: bool = False,
    reissue: bool = False,
) -> CreditProposal:
    """A credit of ``amounts`` (charge: yen without tax), or with ``void`` of all that is left, proposed at ``at`` and
    waiting for approve_credit.

    ValidationError where it could not be carried out now.
    """
    if not void and not amounts:
        raise ValidationError(_("Say how much of which line is given back."))
    lines = check_credit(invoice=invoice, amounts=None if void else amounts, reason=reason)
    with transaction.atomic():
        proposal = CreditProposal(
            invoice=invoice,
            amounts=[] if void else [[charge.pk, amount] for charge, amount in lines.items()],
            void=void,
            reissue=reissue,
            reason=reason.strip(),
        )
        proposal.full_clean()
        proposal.save()
        propose(proposal, CREDIT, by=by, reason=reason, at=at)
    return proposal


def approve_credit(*, proposal: CreditProposal, by: User, at: datetime) -> CreditNote:
    """The credit note of a proposal. NotPermitted for the one who proposed it; ValidationError where it no longer can be."""
    with transaction.atomic():
        decide(pending(proposal, CREDIT), by=by, at=at, approved=True)
        if proposal.void:
            note, _again = void_invoice(
                invoice=proposal.invoice, by=by, at=at, reason=proposal.reason, reissue=proposal.reissue
            )
        else:
            amounts = {int(charge): int(amount) for charge, amount in proposal.amounts}
            note = issue_credit_note(
                invoice=proposal.invoice, amounts=amounts, by=by, at=at, reason=proposal.reason
            )
        proposal.note = note
        proposal.save(update_fields=["note"])
    return note


def reject_credit(*, proposal: CreditProposal, by: User, at: datetime, reason: str) -> None:
    """The proposal comes to nothing."""
    decide(pending(proposal, CREDIT), by=by, at=at, approved=False, reason=reason)
