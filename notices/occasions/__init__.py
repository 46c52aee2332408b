"""Every occasion on which somebody is told something, and the facts that its text must state.

The text stands in templates/notices/<code>.txt. A fact that is missing, misspelt or of another kind stops the
action before anything is written; optional facts may be left out.
"""

from collections.abc import Mapping

from notices.errors import UnknownOccasion
from notices.occasions import changes, equipment, line_information, many, money, requests, sanctions
from notices.occasions.occasion import Occasion as Occasion

OCCASIONS: Mapping[str, Occasion] = {
    each.code: each
    for part in (requests, changes, money, sanctions, equipment, many, line_information)
    for each in part.OCCASIONS
}


def occasion(code: str) -> Occasion:
    """The occasion of that code. UnknownOccasion where there is none."""
    try:
        return OCCASIONS[code]
    except KeyError:
        raise UnknownOccasion(
            f"no occasion {code!r}; notices/occasions has {', '.join(sorted(OCCASIONS))}"
        ) from None
