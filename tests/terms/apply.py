"""How tests of the law put a case: pack code, rule, facts."""

from datetime import date, datetime
from typing import Any

from terms.registry import registry
from terms.rulebook import RULES


def apply(code: str, name: str, **given: Any) -> Any:
    """The rule on the facts, with the parameters of the document, or the law's where it is silent."""
    rule = RULES[name]
    return rule.apply(registry().rule_for(registry().latest(code), rule.table), rule.facts(**given))


def day(text: str) -> date:
    """2025-06-01 as a date."""
    return date.fromisoformat(text)


def at(text: str) -> datetime:
    """2025-06-01T09:00 as a moment on the Japanese clock."""
    return datetime.fromisoformat(text)
