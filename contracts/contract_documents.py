"""Reads of contract documents: who waits for one, when it was received, until when the contract can be cancelled on it."""

from datetime import date, timedelta

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, QuerySet

from contracts.models import Contract, ContractDocument, Request, Subscriber
from contracts.models.contract import LIVE_STATES
from terms.registry import statute
from terms.rules.initial_cancellation import (
    InitialCancellation,
    InitialCancellationFacts,
    initial_cancellation,
)
from workflow.models import StateChange

LOOK_BACK = timedelta(days=60)
"""Contracts made and changed in this time are looked at: a document that is due goes out within days."""

CHANGES = (
    Request.Kind.ITEM_CHANGE,
    Request.Kind.OPTION,
    Request.Kind.EQUIPMENT,
    Request.Kind.RELOCATION,
    Request.Kind.OTHER_CHANGE,
    Request.Kind.TRANSFER,
    Request.Kind.SUCCESSION,
    Request.Kind.PROVIDER_CHANGE,
)
"""Requests that change what the document says."""


def contracts_without_document(on: date) -> QuerySet[Contract]:
    """Contracts that were made lately and whose document was not handed over yet, the earliest first."""
    handed = ContractDocument.objects.filter(contract=OuterRef("pk"), request__isnull=True)
    return (
        Contract.objects.filter(formed_on__lte=on, formed_on__gt=on - LOOK_BACK, state__in=LIVE_STATES)
        .exclude(Exists(handed))
        .select_related("subscriber", "product", "line")
        .order_by("formed_on", "id")
    )


def changes_without_document(on: date) -> QuerySet[Request]:
    """Changes carried out lately, whenever they were granted, after which no document was handed over yet."""
    done = StateChange.objects.filter(
        subject_type=ContentType.objects.get_for_model(Request),
        subject_id=OuterRef("pk"),
        transition="carry_out",
        on__lte=on,
        on__gt=on - LOOK_BACK,
    )
    handed = ContractDocument.objects.filter(request=OuterRef("pk"))
    return (
        Request.objects.filter(
            kind__in=CHANGES,
            state=Request.State.CARRIED_OUT,
            contract__state__in=LIVE_STATES,
        )
        .filter(Exists(done))
        .exclude(Exists(handed))
        .select_related("contract__subscriber", "contract__product", "contract__line")
        .order_by("id")
    )


def documents_of(subscriber: Subscriber) -> QuerySet[ContractDocument]:
    """The subscriber's contract documents, the latest first."""
    return ContractDocument.objects.filter(contract__subscriber=subscriber).select_related(
        "contract", "notice"
    )


def document_received_on(contract: Contract) -> date | None:
    """The day on which the document on the contract itself was received; None while that is not known.

    A document of ours counts, issued anew if need be; else what was said when the contract was taken over.
    """
    document = contract.documents.filter(request__isnull=True).select_related("notice").first()
    return document.received_on if document else contract.document_received_on


def initial_cancellation_until(contract: Contract, on: date) -> date | None:
    """The last day of 初期契約解除 as known on ``on`` (電気通信事業法26の3): None for a corporation, and while the document is not
    known to be received, so that the eight days have not begun."""
    received = document_received_on(contract)
    if contract.subscriber.kind != Subscriber.Kind.PERSON or received is None:
        return None
    rule = statute(on, earliest=True).rule(InitialCancellation)
    return initial_cancellation(rule, InitialCancellationFacts(received=received)).last_day
