"""What was measured on a line in one interval."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Measurement(models.Model):
    """The values of one interval [at, at + seconds) of one line. Never the basis of an outage credit (line-info-api 15).

    ``revision`` counts how often other values were delivered for the interval afterwards.
    """

    # The unique constraint below begins with the line, so the line needs no index of its own.
    line = models.ForeignKey(
        "contracts.Line", on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name=_("line")
    )
    at = models.DateTimeField(_("start of the interval"))
    seconds = models.PositiveIntegerField(_("length in seconds"), default=300)
    bytes_down = models.BigIntegerField(_("bytes down"))
    bytes_up = models.BigIntegerField(_("bytes up"))
    connected_seconds = models.PositiveIntegerField(_("connected seconds"))
    errors = models.PositiveIntegerField(_("errors"), default=0)
    optical_dbm = models.DecimalField(
        _("optical level in dBm"), max_digits=5, decimal_places=2, null=True, blank=True
    )
    revision = models.PositiveSmallIntegerField(_("corrections"), default=0)

    class Meta:
        verbose_name = _("measurement")
        verbose_name_plural = _("measurements")
        ordering = ["line_id", "at"]
        constraints = [
            models.UniqueConstraint(name="measurement_once", fields=["line", "at"]),
            models.CheckConstraint(
                name="measurement_possible",
                condition=Q(
                    seconds__gt=0, bytes_down__gte=0, bytes_up__gte=0, connected_seconds__lte=F("seconds")
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line_id} {self.at:%Y-%m-%d %H:%M}"
