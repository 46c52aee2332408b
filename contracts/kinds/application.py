"""An application for a new contract. Opening the contract carries it out, so nothing is done here."""

from datetime import date

from contracts.kinds.details import ADDRESS, codes, cycle_day, day, free_text, one_of, text
from contracts.kinds.kind import RequestKind
from contracts.models import LineOrigin, Request
from terms.document import RequestTerms
from terms.pack import Pack
from workflow.models import User


def _terms(pack: Pack) -> RequestTerms | None:
    table = pack.application
    return RequestTerms(article=table.form_article, form=table.form, like_application=True) if table else None


def _opened(request: Request, by: User, on: date) -> None:
    """contracts.services.open_contract does it."""


NEW = RequestKind(
    needs={"product": text, **ADDRESS},
    may={
        "building": free_text,
        "terminal_point": free_text,
        "options": codes,
        "parent": free_text,
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
)
