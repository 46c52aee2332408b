"""What was measured on a line in one interval."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from psqlextra.models import PostgresPartitionedModel
from psqlextra.types import PostgresPartitioningMethod

from terms.calendar import japan_clock

LONGEST_INTERVAL = 24 * 60 * 60
"""Seconds. Whoever asks what was measured before a moment need look no further back than this."""


class Measurement(PostgresPartitionedModel):
    """The values of one interval [at, at + seconds) of one line. Never the basis of an outage credit (line-info-api 15).

    ``revision`` counts how often other values were delivered for the interval afterwards (SupersededReading holds those that
    stood before); ``late`` tells that the first ones came long after the interval. One partition a day of Japan; those that are
    there, and how many rows they hold, stands in MeasurementDay.
    """

    pk = models.CompositePrimaryKey("line_id", "at")
    # No foreign key in the database: a load checks its lines by itself, and dropping a partition would lock the lines.
    line = models.ForeignKey(
        "contracts.Line",
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_constraint=False,
        verbose_name=_("line"),
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
    # The defaults in the database let COPY leave these two out.
    revision = models.PositiveSmallIntegerField(_("corrections"), default=0, db_default=0)
    late = models.BooleanField(_("came late"), default=False, db_default=False)

    class PartitioningMeta:
        method = PostgresPartitioningMethod.RANGE
        key = ["at"]

    class Meta:
        verbose_name = _("measurement")
        verbose_name_plural = _("measurements")
        ordering = ["line_id", "at"]
        constraints = [
            models.CheckConstraint(
                name="measurement_possible",
                condition=Q(
                    seconds__gt=0,
                    seconds__lte=LONGEST_INTERVAL,
                    bytes_down__gte=0,
                    bytes_up__gte=0,
                    connected_seconds__lte=F("seconds"),
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line_id} {japan_clock(self.at):%Y-%m-%d %H:%M}"
