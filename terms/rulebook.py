"""All rules by name: the class of their parameters (a table of the pack), of their facts, and the function."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from terms.result import Result

NAMES = (
    "late_interest",
    "penalty",
    "outage_credit",
    "outage_damages",
    "periodic_charge",
    "early_termination_fee",
    "termination_notice_deadline",
    "renewal",
    "suspension_end",
    "transfer_effective",
    "construction_fee",
    "construction_cancelled",
    "instalment_balance",
    "instalment_intake",
    "single_line_fee",
    "discount_clawback",
    "terms_change_effective",
    "terms_objection",
    "discontinuation_earliest",
    "consumption_tax",
    "payment_allocation",
    "repair_window",
    "metering_estimate",
    "registration_number",
    "return_invoice",
    "approval_number",
    "initial_cancellation",
    "initial_cancellation_cap",
    "relocation_credit",
    "disaster_relief",
    "handling_fee",
    "minimum_term",
    "consumer_liability",
    "interest_cap",
    "cancellation_cap",
    "arrears",
)


@dataclass(frozen=True)
class Rule:
    """One rule. ``table`` and ``facts`` are frozen dataclasses, ``apply(table, facts)`` is pure."""

    name: str
    table: type[Any]
    facts: type[Any]
    apply: Callable[[Any, Any], Result]


def _rule(name: str) -> Rule:
    """By the naming that all rules keep: module, function and table carry the rule's name."""
    module = import_module(f"terms.rules.{name}")
    camel = "".join(part.title() for part in name.split("_"))
    return Rule(name, getattr(module, camel), getattr(module, f"{camel}Facts"), getattr(module, name))


RULES: dict[str, Rule] = {name: _rule(name) for name in NAMES}
