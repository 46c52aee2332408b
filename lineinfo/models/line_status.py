"""The current status of a line."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LineStatus(models.Model):
    """What is known about a line now. Never the basis of an outage credit (line-info-api 15)."""

    class State(models.TextChoices):
        UP = "up", _("up")
        DOWN = "down", _("down")
        UNKNOWN = "unknown", _("unknown")

    line = models.OneToOneField(
        "contracts.Line", on_delete=models.PROTECT, related_name="status", verbose_name=_("line")
    )
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.UNKNOWN)
    item = models.CharField(_("item"), max_length=60, blank=True)
    host_exchange = models.CharField(_("host exchange"), max_length=60, blank=True)
    as_of = models.DateTimeField(_("as of"))

    class Meta:
        verbose_name = _("line status")
        verbose_name_plural = _("line statuses")
        ordering = ["line_id"]

    def __str__(self) -> str:
        return f"{self.line} {self.state}"
