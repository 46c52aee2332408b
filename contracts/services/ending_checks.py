"""Gather the facts of an ending and ask the document."""

from datetime import date

from django.contrib.contenttypes.models import ContentType

from contracts.guards.ending import (
    OperatorEndingFacts,
    SubscriberEndingFacts,
    may_operator_end,
    may_subscriber_end,
    operator_ground,
    subscriber_default_article,
)
from contracts.models import Contract, Request, Suspension
from contracts.moments import japan_date
from notices.models import Notice
from terms.article import ArticleRef
from terms.refusal import Refusal
from workflow.errors import Refused

OPERATOR_DEFAULT = "operator_default"
"""The subscriber's ground where the operator is insolvent or does not perform (business-network 9-3)."""

DEMAND = "performance_demanded"
"""The occasion of a demand (催告)."""


def check_subscriber(
    contract: Contract, *, on: date, ends_on: date, ground: str, form: str | None
) -> tuple[ArticleRef, str]:
    """The article on which the subscriber ends the contract, and the form. Refused where the document does not let it."""
    pack = contract.pack(on)
    table = pack.subscriber_ending
    asked = table.form if table else "any"
    form = form or (Request.Form.WRITTEN if asked == "any" else asked)
    if ground == OPERATOR_DEFAULT:
        article = subscriber_default_article(pack)
        if isinstance(article, Refusal):
            raise Refused(article)
        return article, form
    refusal = may_subscriber_end(pack, SubscriberEndingFacts(declared_on=on, ends_on=ends_on, form=form))
    if refusal:
        raise Refused(refusal)
    assert table is not None
    return table.article, form


def check_operator(
    contract: Contract, *, on: date, ends_on: date, ground: str, urgent: bool, demand: Notice | None
) -> ArticleRef:
    """The article of the operator's ground. Refused where the document does not let it end the contract on it, or not yet."""
    pack = contract.pack(on)
    in_force = contract.suspensions.filter(state=Suspension.State.IN_FORCE).order_by("starts_on").first()
    facts = OperatorEndingFacts(
        ground=ground,
        on=on,
        ends_on=ends_on,
        urgent=urgent,
        suspended_since=in_force.starts_on if in_force else None,
        demand_through=demand_through(contract, demand),
    )
    refusal = may_operator_end(pack, facts)
    if refusal:
        raise Refused(refusal)
    found = operator_ground(pack, ground)
    assert found is not None
    return found.article


def demand_through(contract: Contract, demand: Notice | None) -> date | None:
    """The last day that a dispatched demand left the subscriber; None where no demand was dispatched before that day."""
    if demand is None:
        demand = (
            Notice.objects.filter(
                about_type=ContentType.objects.get_for_model(Contract), about_id=contract.pk, occasion=DEMAND
            )
            .order_by("id")
            .last()
        )
    if demand is None or demand.dispatched_at is None:
        return None
    day = demand.facts.get("perform_by") or demand.facts.get("pay_by")
    if day is None or japan_date(demand.dispatched_at) >= date.fromisoformat(day):
        return None
    return date.fromisoformat(day)
