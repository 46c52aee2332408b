"""Which other documents apply to a contract on a day, in which order, and in which version."""

from dataclasses import dataclass
from datetime import date

from contracts.models import ReferenceVersion
from terms.agreement import Reference
from terms.pack import Pack


@dataclass(frozen=True)
class Applying:
    """Another document that applies, with the ``version`` in force; None where none is on record."""

    reference: Reference
    version: ReferenceVersion | None


def applying(pack: Pack, on: date) -> list[Applying]:
    """The documents to which ``pack`` refers, each in the latest version effective by a day."""
    found = ReferenceVersion.objects.filter(terms_code=pack.code, effective__lte=on).order_by("effective")
    latest = {version.reference: version for version in found}
    return [Applying(reference, latest.get(reference.code)) for reference in pack.references]
