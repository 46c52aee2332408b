"""What stands against a request, as one answer: asked when it is received, and again before saying yes."""

from contracts.guards.forms import in_form
from contracts.guards.request import evidence_is_there, is_known
from contracts.kinds import asked_by, kind_of
from contracts.kinds.kind import Asked
from contracts.models import Request
from workflow.errors import Refused


def check_asked(code: str, asked: Asked, *, form: str) -> None:
    """Refused where the document does not know such a request, asks for another form, or does not allow what is wished.

    ValidationError names a detail that is wrong.
    """
    kind = kind_of(code)
    terms = kind.terms(asked.pack)
    if kind.must_be_known:
        refusal = is_known(asked.pack, terms, Request.Kind(code).label)
        if refusal:
            raise Refused(refusal)
    # What takes effect on its own has its form checked by the service that declares it.
    if terms is not None and not kind.one_sided:
        refusal = in_form(kind.form(terms, asked.details), terms.article, form)
        if refusal:
            raise Refused(refusal)
    kind.check(asked)


def check_request(request: Request) -> None:
    """As check_asked, and Refused while a paper is missing that the document asks for."""
    asked = asked_by(request)
    check_asked(request.kind, asked, form=request.form)
    on_file = set(request.evidence.values_list("code", flat=True))
    refusal = evidence_is_there(kind_of(request.kind).terms(asked.pack), on_file)
    if refusal:
        raise Refused(refusal)
