"""Pass on what a billing operator needs to ask for a claim that it was given, or log that it was given nothing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Model

from contracts.guards.disclosure import ground_when
from contracts.models import Contract, Disclosure, Partner, Suspension
from contracts.moments import japan_date
from contracts.services.record_disclosure import record_disclosure
from notices.facts import day_words
from notices.services.send_notice import send_notice
from terms.article import ArticleRef
from workflow.models import User


@dataclass(frozen=True, kw_only=True)
class AssignedClaim:
    """What was assigned: ``total`` yen of an invoice and its month, asked from ``subscriber`` at ``address``."""

    invoice_number: str
    month: date
    total: int
    subscriber: str
    address: str


def tell_assignee(
    *,
    contracts: Sequence[Contract],
    partner: Partner,
    claim: AssignedClaim,
    about: Model,
    by: User,
    at: datetime,
) -> list[Disclosure]:
    """The notice to ``partner`` that ``claim`` is its own since ``at``, logged as one disclosure for each of ``contracts``.

    Name, address, line number, what was billed and, where the line is suspended, how (hikari-line 57-3). Numbers of accounts and
    cards do not go by e-mail. Nothing passes where the document has no such ground. Refused without the consent.
    """
    entries, suspensions = [], []
    with transaction.atomic():
        for contract in contracts:
            ground = ground_when(contract.pack(japan_date(at)), "claim_assigned")
            if ground is None:
                continue
            suspended = contract.suspensions.filter(state=Suspension.State.IN_FORCE).first()
            wanted = [
                Disclosure.Item.NAME_AND_ADDRESS,
                *([Disclosure.Item.LINE_NUMBER] if contract.line else []),
                Disclosure.Item.BILLING_DATA,
                *([Disclosure.Item.SUSPENSION] if suspended else []),
            ]
            items = [item.value for item in wanted if item.value in ground.items]
            entries.append(
                record_disclosure(
                    contract=contract,
                    by=by,
                    at=at,
                    ground=ground.code,
                    items=items,
                    partner=partner,
                    reference=claim.invoice_number,
                )
            )
            if suspended and Disclosure.Item.SUSPENSION.value in items:
                since = f"{day_words(suspended.starts_on)}から" if suspended.starts_on else ""
                suspensions.append(f"{contract.number}：{since}利用停止（{suspended.reason}）")
        if entries:
            send_notice(
                occasion="claim_handed_over",
                recipient=partner,
                about=about,
                article=ArticleRef.parse(entries[0].article),
                facts={
                    "invoice_number": claim.invoice_number,
                    "month": claim.month,
                    "total": claim.total,
                    "assigned_on": japan_date(at),
                    "subscriber": claim.subscriber,
                    "address": claim.address,
                    "contracts": [_named(entry) for entry in entries],
                    **({"suspensions": suspensions} if suspensions else {}),
                },
                at=at,
            )
    return entries


def _named(entry: Disclosure) -> str:
    """A contract as the assignee is told of it: with its line number where that is among what is given."""
    contract = entry.contract
    if contract.line and Disclosure.Item.LINE_NUMBER.value in entry.items:
        return f"{contract.number} {contract.product.name}（回線番号 {contract.line.number}）"
    return f"{contract.number} {contract.product.name}"


def withhold_from_assignee(
    *, contracts: Iterable[Contract], partner: Partner, reference: str, reason: str, by: User, at: datetime
) -> None:
    """Log for each of ``contracts`` that ``partner`` was given nothing though a claim is its own, and why."""
    for contract in contracts:
        ground = ground_when(contract.pack(japan_date(at)), "claim_assigned")
        if ground is not None:
            record_disclosure(
                contract=contract,
                by=by,
                at=at,
                ground=ground.code,
                items=[item for item in ground.items if item != Disclosure.Item.ACCOUNT_OR_CARD.value],
                answer=Disclosure.Answer.REFUSED,
                partner=partner,
                reference=reference,
                reason=reason,
            )
