"""What stood for an interval before other values were delivered."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from terms.calendar import japan_clock


class SupersededReading(models.Model):
    """The values that correction number ``revision`` + 1 replaced, and when it came."""

    line = models.ForeignKey(
        "contracts.Line", on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name=_("line")
    )
    at = models.DateTimeField(_("start of the interval"), db_index=True)
    seconds = models.PositiveIntegerField(_("length in seconds"))
    bytes_down = models.BigIntegerField(_("bytes down"))
    bytes_up = models.BigIntegerField(_("bytes up"))
    connected_seconds = models.PositiveIntegerField(_("connected seconds"))
    errors = models.PositiveIntegerField(_("errors"))
    optical_dbm = models.DecimalField(_("optical level in dBm"), max_digits=5, decimal_places=2, null=True)
    revision = models.PositiveSmallIntegerField(_("corrections"))
    superseded_at = models.DateTimeField(_("superseded at"))

    class Meta:
        verbose_name = _("superseded reading")
        verbose_name_plural = _("superseded readings")
        ordering = ["line_id", "at", "revision"]

    def __str__(self) -> str:
        return f"{self.line_id} {japan_clock(self.at):%Y-%m-%d %H:%M} ({self.revision})"
