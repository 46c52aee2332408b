"""The partitions of the measurements that are there, and how much is in them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MeasurementDay(models.Model):
    """One day in Japan whose measurements have a partition. Its row is locked by whoever writes to the day or erases it.

    ``stored`` is counted as rows come in, so that erasing a day need not count them.
    """

    day = models.DateField(_("day"), primary_key=True)
    stored = models.BigIntegerField(_("measurements"), default=0, db_default=0)

    class Meta:
        verbose_name = _("day of measurements")
        verbose_name_plural = _("days of measurements")
        ordering = ["-day"]

    def __str__(self) -> str:
        return self.day.isoformat()
