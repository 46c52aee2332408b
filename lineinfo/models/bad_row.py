"""A delivered row that was put aside."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class BadRow(models.Model):
    """Line ``line_number`` of the delivery (from 1, the heading counts), why it did not go in, and how it read."""

    class Kind(models.TextChoices):
        BAD = "bad", _("bad")
        UNKNOWN_LINE = "unknown_line", _("unknown line")
        BEYOND_RETENTION = "beyond_retention", _("beyond retention")

    batch = models.ForeignKey(
        "lineinfo.LineBatch", on_delete=models.CASCADE, related_name="bad_rows", verbose_name=_("batch")
    )
    line_number = models.BigIntegerField(_("line of the file"))
    kind = models.CharField(_("kind"), max_length=16, choices=Kind)
    reason = models.CharField(_("reason"), max_length=300)
    text = models.CharField(_("as delivered"), max_length=500)

    class Meta:
        verbose_name = _("row put aside")
        verbose_name_plural = _("rows put aside")
        ordering = ["batch_id", "line_number"]

    def __str__(self) -> str:
        return f"{self.line_number}: {self.reason}"
