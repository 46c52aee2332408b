"""What a subscriber agrees to, and on which ground data about a subscriber may be passed on or received."""

from dataclasses import dataclass
from typing import Literal

from terms.document import Ground

Recipient = Literal[
    "interconnected_carrier",
    "wholesaler",
    "billing_operator",
    "contractor",
    "provider",
    "subscriber",
    "third_party",
    "authority",
    "court",
]
"""Who is given data, or gives it. The first four are roles of a partner; ``provider``: the other one at a provider change."""

Item = Literal[
    "name_and_address",
    "contact",
    "line_number",
    "contract_content",
    "billing_data",
    "account_or_card",
    "suspension",
    "arrears",
    "payment_status",
    "options_and_equipment",
    "caller_number",
    "message",
    "traffic_records",
]

Event = Literal[
    "claim_assigned",
    "assigned_claim_paid",
    "listed_for_partner",
    "partner_collected",
    "purchase_remitted",
    "agency_remitted",
]
"""A claim is assigned, or the assignee tells that it was paid; a partner that collects for us is told what to ask for, or tells
what was paid; a partner is paid for a claim that we bought, or handed over what we collected as its agent, with a statement."""


@dataclass(frozen=True, kw_only=True)
class Consent(Ground):
    """Something the subscriber agrees to. With the contract, unless ``separate``: then on its own, and it can be withdrawn
    for the time to come. ``partner_priced``: it is about what a partner sets the price of, and nothing else."""

    separate: bool = False
    partner_priced: bool = False


@dataclass(frozen=True, kw_only=True)
class Disclosure(Ground):
    """One ground on which data are given ``to`` somebody, ``received`` from there, or ``both``.

    ``items``: what may be passed at most. ``consent``: the consent it rests on; empty where the document or the law is
    enough by itself. ``answer``: it may be done, must be done (a warrant), or is decided case by case (an inquiry).
    ``if_overdue``: only about a debt that is overdue. ``when``: the event on which it is done and logged by itself.
    """

    to: tuple[Recipient, ...]
    items: tuple[Item, ...]
    consent: str = ""
    direction: Literal["given", "received", "both"] = "given"
    answer: Literal["may", "must", "case_by_case"] = "may"
    if_overdue: bool = False
    when: Literal["", Event] = ""
