"""What an occasion is, and the facts that many of them state."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise

from notices.facts import CHOICE, DAY, OPEN_DAY, TEXT, Kind

Facts = Mapping[str, Kind]

REQUEST: Facts = {"request_number": TEXT, "kind": CHOICE}
CONTRACT: Facts = {"contract_number": TEXT, "product": TEXT}
# What the documents want a notice of suspension to state: reason, date, period. None is a period without a last day.
SANCTION: Facts = {"reason": TEXT, "starts_on": DAY, "through": OPEN_DAY}
API: Facts = {"api_id": TEXT}


@dataclass(frozen=True)
class Occasion:
    """One occasion: its code, its name on staff screens, the facts it demands and those it may state besides."""

    code: str
    label: Promise
    facts: Facts
    optional: Facts = field(default_factory=dict)

    @property
    def template(self) -> str:
        """The template of its text."""
        return f"notices/{self.code}.txt"


def occasion(code: str, label: Promise, facts: Facts, **optional: Kind) -> Occasion:
    """An occasion, with what it may state besides its facts by name."""
    return Occasion(code, label, facts, optional)
