"""Reads of contracts that more than one caller needs."""

from collections.abc import Iterator
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db.models import Case, Q, QuerySet, When
from django.utils.translation import gettext as _

from contracts.guards.line_group import GroupFacts
from contracts.models import (
    Agreement,
    Contract,
    Ending,
    Line,
    LineGroup,
    Product,
    RepairTicket,
    Request,
    Restriction,
    ReturnPolicy,
    ServiceArea,
    Subscriber,
    Suspension,
)
from contracts.models.contract import LIVE_STATES
from terms.calendar import period_end
from terms.registry import registry
from terms.rules.renewal import Renewal, RenewalFacts, renewal


def live_contracts(subscriber: Subscriber) -> QuerySet[Contract]:
    """The contracts that bind the subscriber now."""
    return subscriber.contracts.filter(state__in=LIVE_STATES)


def one_of_each_subscriber(contracts: QuerySet[Contract], *, size: int) -> Iterator[list[Contract]]:
    """One of ``contracts`` for each subscriber who has any, with its subscriber, in their order, ``size`` at a time: for telling many."""
    last = 0
    while chunk := list(
        contracts.filter(subscriber_id__gt=last)
        .order_by("subscriber_id", "pk")
        .distinct("subscriber_id")
        .select_related("subscriber")[:size]
    ):
        yield chunk
        last = chunk[-1].subscriber_id


def contract_beside(subscriber: Subscriber, product: Product, *, number: str = "") -> Contract | None:
    """The live contract of the same subscriber beside which a contract for ``product`` stands, or None.

    ``number`` names it; without a number it is found where there is only one. ValidationError where the number is no
    such contract, or where there are several to choose from.
    """
    if not product.beside_terms:
        if number:
            raise ValidationError({"parent": _("This product stands beside no other contract.")})
        return None
    beside = live_contracts(subscriber).filter(terms_code=product.beside_terms)
    if number:
        found = beside.filter(number=number).first()
        if found is None:
            raise ValidationError(
                {
                    "parent": _("%(number)s is no live contract of this subscriber under “%(terms)s”.")
                    % {"number": number, "terms": registry().latest(product.beside_terms).title}
                }
            )
        return found
    candidates = list(beside[:2])
    if len(candidates) > 1:
        raise ValidationError(
            {"parent": _("Say beside which of the subscriber’s contracts this one stands.")}
        )
    return candidates[0] if candidates else None


def in_service_area(terms_code: str, prefecture: str, city: str) -> bool:
    """Whether the place lies where the service of that document is offered."""
    return (
        ServiceArea.objects.filter(terms_code=terms_code, prefecture=prefecture)
        .filter(Q(city="") | Q(city=city))
        .exists()
    )


def waiting_requests(terms_code: str) -> QuerySet[Request]:
    """The requests under a document that wait for their answer, in order of arrival."""
    return Request.objects.filter(
        terms_code=terms_code, state__in=[Request.State.RECEIVED, Request.State.IN_REVIEW]
    ).order_by("received_at", "id")


def agreement_on(contract: Contract, on: date) -> Agreement | None:
    """Under which version the contract stands on a day; None before it was formed."""
    return contract.agreements.filter(since__lte=on).select_related("version").order_by("since").last()


def standing_ending(contract: Contract) -> Ending | None:
    """The ending that was declared and not withdrawn, carried out or not."""
    return contract.endings.filter(withdrawn_on__isnull=True).first()


def held_endings(on: date) -> QuerySet[Ending]:
    """Endings whose day is over on ``on`` and whose contract still stands: their proof was not there."""
    return Ending.objects.filter(
        withdrawn_on__isnull=True,
        ends_on__lt=on,
        contract__state__in=[Contract.State.ENDING, Contract.State.HALTED, Contract.State.ACCEPTED],
    ).select_related("contract", "notice")


def suspensions_to_enforce(on: date) -> QuerySet[Suspension]:
    """Suspensions whose notice was given and whose first day has come; a person looks once more and enforces or drops them."""
    return Suspension.objects.filter(state=Suspension.State.NOTICED, starts_on__lte=on).select_related(
        "contract", "notice"
    )


def term_through(contract: Contract, on: date) -> date | None:
    """The last day of the base term, or of the renewed term that ``on`` lies in (business-network 7); None without a term."""
    if contract.term_start is None or not contract.term_months:
        return None
    end = period_end(contract.term_start, contract.term_months)
    pack = contract.pack(on)
    while end < on and pack.has(Renewal):
        result = renewal(pack.rule(Renewal), RenewalFacts(term_ends=end))
        if result.next_end is None:
            break
        end = result.next_end
    return end


def in_base_term(contract: Contract, on: date) -> bool:
    """Whether ``on`` lies in the base term itself; a renewed term is none."""
    if contract.term_start is None or not contract.term_months:
        return False
    return contract.term_start <= on <= period_end(contract.term_start, contract.term_months)


def restricted_lines(restriction: Restriction) -> QuerySet[Line]:
    """The lines that a restriction meets: those named, or of the place, or all of the document, without those that stay."""
    lines = Line.objects.filter(terms_code=restriction.terms_code)
    if restriction.lines.exists():
        lines = lines.filter(pk__in=restriction.lines.values("pk"))
    for column in ("prefecture", "city"):
        value = getattr(restriction, column)
        if value:
            lines = lines.filter(**{column: value})
    return lines.exclude(priority_body__in=restriction.bodies)


def restrictions_of(line: Line, at: datetime) -> list[Restriction]:
    """The restrictions that meet the line at a moment."""
    running = Restriction.objects.filter(terms_code=line.terms_code, starts_at__lte=at).filter(
        Q(lifted_at__isnull=True) | Q(lifted_at__gt=at), Q(ends_at__isnull=True) | Q(ends_at__gt=at)
    )
    return [each for each in running if restricted_lines(each).filter(pk=line.pk).exists()]


def return_policy(terms_code: str, on: date) -> ReturnPolicy | None:
    """The operator's own days for lent equipment that was asked back on ``on``; None where it set none."""
    return (
        ReturnPolicy.objects.filter(terms_code=terms_code, valid_from__lte=on).order_by("-valid_from").first()
    )


def repair_queue() -> QuerySet[RepairTicket]:
    """Open tickets in the order in which they are repaired: by the rank agreed for the line, then by arrival.

    Where the document leaves the order to others (hikari-phone 47, isp-access 37) the lines agreed with priority bodies go first.
    """
    agreed = Case(When(contract__line__priority_body="", then=1), default=0)
    return (
        RepairTicket.objects.exclude(state__in=[RepairTicket.State.CLOSED, RepairTicket.State.WITHDRAWN])
        .select_related("contract__line", "contract__subscriber")
        .order_by("contract__line__repair_rank", agreed, "reported_at", "pk")
    )


def group_facts(contract: Contract) -> GroupFacts | None:
    """What is known of the group of lines that ``contract`` is in; None where it is in none."""
    member = (
        contract.group_memberships.filter(left_on__isnull=True).select_related("group").order_by().first()
    )
    if member is None:
        return None
    return facts_of(member.group)


def facts_of(group: LineGroup) -> GroupFacts:
    """What is known of a group of lines and of those in it. When all its lines are gone it is set up anew."""
    members = group.members.filter(left_on__isnull=True)
    return GroupFacts(
        plan=group.plan,
        grade=group.grade,
        lines=members.count(),
        set_up=members.exclude(contract__formed_on=None).exists(),
        representative=group.representative_id is not None,
        consents_missing=members.filter(consented_on__isnull=True).count(),
        told_single=group.told_on is not None,
    )
