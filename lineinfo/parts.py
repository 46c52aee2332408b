"""The parts of the function that can be closed on their own: a suspension concerns "a part or all of it" (line-info-api 17-1), and so
can an interruption (16-1(6)) and the end of the service (23-1).

The list of lines and what a caller asks about itself belong to no part: they close with the whole only.
"""

from collections.abc import Sequence

from django.db import models
from django.utils.translation import gettext_lazy as _


class Part(models.TextChoices):
    """A part of what the API answers about a line."""

    STATUS = "status", _("status")
    MEASUREMENTS = "measurements", _("measurements and their gaps")
    EVENTS = "events", _("works, outages and interruptions")


# As notices to contractors say it.
_JAPANESE = {
    Part.STATUS: "回線の状態",
    Part.MEASUREMENTS: "測定値と欠損",
    Part.EVENTS: "工事・故障・利用中止",
}


def in_japanese(parts: Sequence[str]) -> str:
    """The parts as a notice names them; empty for the whole function."""
    return "、".join(_JAPANESE[Part(part)] for part in parts)
