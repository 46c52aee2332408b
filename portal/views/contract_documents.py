"""The contract documents of a subscriber, to be read and downloaded."""

from contextlib import suppress

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django_fsm import can_proceed

from contracts.contract_documents import documents_of
from contracts.models import ContractDocument, Explanation, IndividualAgreement, Subscriber
from notices.services.record_receipt import record_receipt
from portal.access import SignedIn, subscribers_only
from portal.paging import page_of
from workflow.errors import WrongState

MOST = 50
"""How many explanations and agreements are shown, the latest first."""


@subscribers_only
def contract_documents(request: SignedIn, subscriber: Subscriber) -> HttpResponse:
    """All of them, the latest first, with what was explained before and what was agreed with this subscriber alone."""
    context = {
        "section": "contracts",
        "page": page_of(documents_of(subscriber), request),
        "explanations": Explanation.objects.filter(request__subscriber=subscriber).select_related("request")[
            :MOST
        ],
        "agreements": IndividualAgreement.objects.filter(contract__subscriber=subscriber).select_related(
            "contract"
        )[:MOST],
    }
    return render(request, "portal/contract_documents.html", context)


@subscribers_only
def contract_document(request: SignedIn, subscriber: Subscriber, pk: int) -> HttpResponse:
    """The PDF of one. Opening it is receiving it."""
    found: ContractDocument = get_object_or_404(documents_of(subscriber), pk=pk)
    if can_proceed(found.notice.receive):
        with suppress(WrongState):  # it was opened in another window at the same time
            record_receipt(notice=found.notice, by=request.user, at=timezone.now())
    with found.file.open("rb") as file:
        answer = HttpResponse(file.read(), content_type="application/pdf")
    name = f"{found.contract.number}-{found.issued_at:%Y%m%d}.pdf"
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    return answer
