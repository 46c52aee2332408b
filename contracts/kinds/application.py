"""An application for a new contract. Opening the contract carries it out, so nothing is done here."""

from datetime import date

from contracts.kinds.details import ADDRESS, codes, cycle_day, day, flag, free_text, one_of, text
from contracts.kinds.kind import RequestKind
from contracts.models import LineOrigin, Request
from contracts.services.leave_group import leave_group
from terms.document import RequestTerms
from terms.pack import Pack
from workflow.models import User


def _terms(pack: Pack) -> RequestTerms | None:
    table = pack.application
    return RequestTerms(article=table.form_article, form=table.form, like_application=True) if table else None


def _opened(request: Request, by: User, on: date) -> None:
    """contracts.services.open_contract does it."""


def _leaves(request: Request, by: User, on: date) -> None:
    """An application that was refused or taken back counts in no group of lines."""
    if request.contract is not None:
        leave_group(contract=request.contract, by=by, on=on)


NEW = RequestKind(
    needs={"product": text, **ADDRESS},
    may={
        "building": free_text,
        "terminal_point": free_text,
        "options": codes,
        "parent": free_text,
        "group": free_text,
        "consents_to_representative": flag,
        "cycle_day": cycle_day,
        "desired_on": day,
        "moved_by": one_of(*LineOrigin.Kind.values),
        "approval_number": free_text,
        "provider": free_text,
        "discounted_since": day,
        "note": free_text,
    },
    terms=_terms,
    carry_out=_opened,
    new=True,
    follow=_leaves,
)
