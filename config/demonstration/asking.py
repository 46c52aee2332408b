"""How a request is handed in: in the form that the document asks for, with the papers that go with it."""

from collections.abc import Mapping
from functools import partial

from config.demonstration.world import World
from contracts.kinds import KINDS
from contracts.models import Contract, Request
from contracts.services.receive_evidence import receive_evidence
from contracts.services.receive_request import receive_request
from terms.document import RequestTerms
from workflow.errors import Refused

PAPER = b"%PDF-1.7\n% a paper of the demonstration\n"
WITHOUT_PAPERS = 0.1
"""How often somebody forgets the papers, and brings them later."""


def ask(world: World, contract: Contract, kind: str, details: Mapping[str, object]) -> bool:
    """Hand the request in; False when it is refused at once."""
    terms = KINDS[kind].terms(contract.pack(world.today))
    form = terms.form if terms is not None else "written"
    try:
        request = receive_request(
            by=world.staff["reception"],
            at=world.at(world.rng.randint(9, 16)),
            kind=kind,
            subscriber=contract.subscriber,
            terms_code=contract.terms_code,
            form=Request.Form.WEB if form == "any" else form,
            details=details,
            contract=contract,
        )
    except Refused as refused:
        world.turned_down("request", refused)
        return False
    world.tally[f"request received: {contract.terms_code} {kind}"] += 1
    if terms is None or not terms.evidence:
        return True
    if world.chance(WITHOUT_PAPERS):
        world.within(3, 8, partial(_bring_papers, world, request, terms))
    else:
        _bring_papers(world, request, terms)
    return True


def _bring_papers(world: World, request: Request, terms: RequestTerms) -> None:
    for paper in terms.evidence:
        if not paper.on_demand and not paper.instead_of:
            receive_evidence(
                request=request,
                by=world.staff["reception"],
                on=world.today,
                code=paper.code,
                file_name=f"{paper.code}.pdf",
                content=PAPER + f"% {request.number} {paper.code}".encode(),
            )
