"""What a request asked for, as customers read it."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.utils.text import capfirst

from contracts.models import Product
from contracts.request_words import wishes
from portal.templatetags.portal import day, named


def asked_for(details: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Label and value of everything that was asked for, in the language of the reader."""
    for label, value in wishes(details):
        yield capfirst(str(label)), _shown(value)


def _shown(value: Any) -> str:
    if isinstance(value, date):
        return day(value)
    return named(value) if isinstance(value, Product) else str(value)
