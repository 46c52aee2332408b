"""Line records: the current status of a line and its measurements."""

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


class Measurement(models.Model):
    """The values of one interval of one line."""

    line = models.ForeignKey("contracts.Line", on_delete=models.PROTECT, related_name="+", verbose_name=_("line"))
    at = models.DateTimeField(_("start of the interval"))
    seconds = models.PositiveIntegerField(_("length in seconds"), default=300)
    bytes_down = models.BigIntegerField(_("bytes down"))
    bytes_up = models.BigIntegerField(_("bytes up"))
    connected_seconds = models.PositiveIntegerField(_("connected seconds"))
    errors = models.PositiveIntegerField(_("errors"), default=0)
    optical_dbm = models.DecimalField(_("optical level in dBm"), max_digits=5, decimal_places=2, null=True, blank=True)

    class Meta:
        verbose_name = _("measurement")
        verbose_name_plural = _("measurements")
        ordering = ["line_id", "at"]
        constraints = [models.UniqueConstraint(name="measurement_once", fields=["line", "at"])]

    def __str__(self) -> str:
        return f"{self.line_id} {self.at:%Y-%m-%d %H:%M}"
