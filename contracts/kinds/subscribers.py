"""The subscribers whom a request names by their numbers."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from contracts.models import Subscriber


def subscribers_of(numbers: Sequence[str], *, field: str) -> list[Subscriber]:
    """The registered subscribers with those numbers, in that order. ValidationError at ``field`` names one that is unknown."""
    found = {subscriber.number: subscriber for subscriber in Subscriber.objects.filter(number__in=numbers)}
    for number in numbers:
        if number not in found:
            raise ValidationError(
                {field: _("“%(number)s” is no subscriber number; register them first.") % {"number": number}}
            )
    return [found[number] for number in numbers]


def subscriber_of(number: str, *, field: str) -> Subscriber:
    """The registered subscriber with that number."""
    return subscribers_of([number], field=field)[0]
