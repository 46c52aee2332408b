"""Look at a request and say what the document has against it."""

from datetime import date

from contracts.consents import latest_check
from contracts.guards.application import ApplicationFacts, what_speaks_against
from contracts.kinds import asked_by, kind_of
from contracts.models import AntiSocialCheck, Contract, Request
from contracts.selectors import group_facts, in_service_area
from contracts.services.answer_request import take_into_review
from terms.refusal import Refusal
from workflow.models import User


def review_request(*, request: Request, by: User, on: date, arrears: int = 0) -> list[Refusal]:
    """Take the request into review and return what speaks against accepting it, each with its ground and article.

    ``arrears``: yen overdue of the applicant, or of the one who is to take the contract over; billing knows them.
    An empty list: nothing found by rule; whether a ground that needs judgement is there (technical difficulty,
    hindrance) is for the reviewer.
    """
    take_into_review(request=request, by=by, on=on)
    if request.kind != Request.Kind.NEW:
        asked = asked_by(request)
        return list(kind_of(request.kind).against(asked, arrears))
    contract = request.contract
    assert contract is not None
    return list(what_speaks_against(contract.pack(on), application_facts(contract, arrears=arrears)))


def application_facts(contract: Contract, *, arrears: int = 0) -> ApplicationFacts:
    """What is known of the application for ``contract``."""
    line = contract.line
    assert line is not None
    check = latest_check(contract.subscriber)
    return ApplicationFacts(
        holder=contract.subscriber.kind,
        in_area=in_service_area(contract.terms_code, line.prefecture, line.city),
        beside=contract.product.beside_terms,
        has_beside=contract.parent is not None and contract.parent.is_live,
        arrears=arrears,
        dwelling=contract.product.dwelling,
        item=contract.product.item,
        group=group_facts(contract),
        anti_social=check is not None and check.result == AntiSocialCheck.Result.FOUND,
    )
