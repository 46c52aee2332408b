"""Measurements that outlived their period and are kept for a legal hold alone: nobody reads them through the API."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from terms.calendar import japan_clock


class HeldMeasurement(models.Model):
    """As it stood when the partition of its day was dropped; gone with the hold."""

    line = models.ForeignKey(
        "contracts.Line", on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name=_("line")
    )
    at = models.DateTimeField(_("start of the interval"))
    seconds = models.PositiveIntegerField(_("length in seconds"))
    bytes_down = models.BigIntegerField(_("bytes down"))
    bytes_up = models.BigIntegerField(_("bytes up"))
    connected_seconds = models.PositiveIntegerField(_("connected seconds"))
    errors = models.PositiveIntegerField(_("errors"))
    optical_dbm = models.DecimalField(_("optical level in dBm"), max_digits=5, decimal_places=2, null=True)
    revision = models.PositiveSmallIntegerField(_("corrections"))
    late = models.BooleanField(_("came late"))

    class Meta:
        verbose_name = _("held measurement")
        verbose_name_plural = _("held measurements")
        ordering = ["line_id", "at"]
        constraints = [models.UniqueConstraint(name="held_measurement_once", fields=["line", "at"])]

    def __str__(self) -> str:
        return f"{self.line_id} {japan_clock(self.at):%Y-%m-%d %H:%M}"
