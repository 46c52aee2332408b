"""A change of a line's number that the operator has announced."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class NumberChange(models.Model):
    """From the old to the new number on a day, after notice."""

    line = models.ForeignKey(
        "contracts.Line", on_delete=models.PROTECT, related_name="number_changes", verbose_name=_("line")
    )
    old = models.CharField(_("old number"), max_length=15)
    new = models.CharField(_("new number"), max_length=15)
    effective_on = models.DateField(_("effective on"))
    reason = models.TextField(_("reason"))
    article = models.CharField(_("article"), max_length=80)
    notice = models.ForeignKey(
        "notices.Notice", on_delete=models.PROTECT, related_name="+", verbose_name=_("notice")
    )
    done_on = models.DateField(_("done on"), null=True, blank=True)

    class Meta:
        verbose_name = _("number change")
        verbose_name_plural = _("number changes")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                name="number_change_one_at_a_time",
                fields=["line"],
                condition=models.Q(done_on__isnull=True),
                violation_error_message=_("A change of this line’s number is announced already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.old} → {self.new}"
