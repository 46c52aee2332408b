"""Asking for something about a contract, and what then happens."""

from datetime import date
from typing import Any

from contracts.models import Contract, Request, Work
from contracts.services.accept_request import accept_request
from contracts.services.finish_work import finish_work
from contracts.services.plan_work import plan_work
from contracts.services.receive_request import receive_request
from contracts.services.start_work import start_work
from tests import factories

DAY = date(2025, 8, 1)
PLACE = {
    "postal_code": "2200012",
    "prefecture": "神奈川県",
    "city": "横浜市西区",
    "town": "みなとみらい1-1",
}


def ask(contract: Contract, kind: str, *, day: date = DAY, form: str = "written", **details: Any) -> Request:
    """The request as received on ``day``."""
    return receive_request(
        by=factories.staff(),
        at=factories.at(day),
        kind=kind,
        subscriber=contract.subscriber,
        terms_code=contract.terms_code,
        form=form,
        details=details,
        contract=contract,
    )


def grant(request: Request, day: date = DAY) -> Request:
    """The request with the answer yes."""
    accept_request(request=request, by=factories.staff(), on=day)
    return request


def build(request: Request, day: date, kind: str = Work.Kind.RELOCATION) -> Work:
    """The work for a request, planned, started and done on ``day``."""
    assert request.contract is not None
    by = factories.staff()
    work = plan_work(
        contract=request.contract,
        by=by,
        kind=kind,
        planned_at=factories.at(day),
        items=[],
        request=request,
    )
    start_work(work=work, by=by, at=factories.at(day, 11))
    return finish_work(work=work, by=by, at=factories.at(day, 12))
