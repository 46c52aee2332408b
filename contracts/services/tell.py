"""Tell the subscriber, and the partner who prices the course, what happens to a contract."""

from datetime import date
from typing import Any

from django.db import models

from contracts.models import Contract, Request, Subscriber
from contracts.moments import start_of
from notices.models import Notice
from notices.services.send_notice import send_notice
from terms.article import ArticleRef


def tell(
    contract: Contract,
    occasion: str,
    *,
    on: date,
    article: ArticleRef,
    about: models.Model | None = None,
    recipient: Subscriber | None = None,
    **facts: Any,
) -> Notice:
    """Write a notice to the subscriber of ``contract`` on the day ``on``; a worker sends it after the commit.

    ``about`` is what the notice is about, the contract itself where it is left out; ``recipient``: another who is told;
    ``facts`` are those that notices/occasions asks for beside the contract's number and product.
    """
    return send_notice(
        occasion=occasion,
        recipient=recipient or contract.subscriber,
        about=about or contract,
        article=article,
        facts={"contract_number": contract.number, "product": contract.product.name, **facts},
        at=start_of(on),
    )


def tell_about_request(
    request: Request,
    occasion: str,
    *,
    on: date,
    article: ArticleRef,
    channel: str | None = None,
    **facts: Any,
) -> Notice:
    """Write a notice about ``request`` to the one who made it; ``channel``: another than theirs."""
    assert request.contract is not None
    return send_notice(
        occasion=occasion,
        recipient=request.subscriber,
        about=request,
        article=article,
        facts={
            "request_number": request.number,
            "kind": Request.Kind(request.kind),
            "contract_number": request.contract.number,
            **facts,
        },
        at=start_of(on),
        channel=channel,
    )


def tell_partner(
    contract: Contract, occasion: str, *, on: date, event: str, effective_on: date
) -> Notice | None:
    """Tell the partner who sets the price of this course, where the document names the occasion (such as isp-access 23-2).

    ``occasion``: "item_change", "ending" or "suspension"; ``event``: the same in Japanese words. Returns None where
    nobody is to be told.
    """
    table = contract.pack(on).partner_notices
    if contract.partner is None or table is None or occasion not in table.occasions:
        return None
    return send_notice(
        occasion="partner_informed",
        recipient=contract.partner,
        about=contract,
        article=table.article,
        facts={
            "contract_number": contract.number,
            "product": contract.product.name,
            "event": event,
            "effective_on": effective_on,
            "subscriber": contract.subscriber.name,
        },
        at=start_of(on),
    )
