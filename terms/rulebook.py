"""All rules by name: the class of their parameters (a table of the pack), of their facts, and the function."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from terms.result import Result

NAMES = (
    "late_interest",
    "suspension_end",
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
