"""An option that nobody can use any more because interconnection stopped: halted, until it ends by itself (接続休止)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class OptionHalt(models.Model):
    """From ``starts_on`` the option is halted; with ``ends_on`` it is abolished, and the contract goes on (isp-access 24)."""

    option = models.OneToOneField(
        "contracts.ContractOption", on_delete=models.PROTECT, related_name="halt", verbose_name=_("option")
    )
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    reason = models.TextField(_("reason"))
    article = models.CharField(_("article"), max_length=80)
    notice = models.ForeignKey(
        "notices.Notice", on_delete=models.PROTECT, related_name="+", verbose_name=_("notice")
    )
    done_on = models.DateField(_("done on"), null=True, blank=True)

    class Meta:
        verbose_name = _("halt of an option")
        verbose_name_plural = _("halts of options")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="option_halt_ends_after_start",
                condition=Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("A halt cannot end before it starts."),
            ),
        ]
        indexes = [
            models.Index(fields=["ends_on"], name="option_halt_open", condition=Q(done_on__isnull=True))
        ]

    def __str__(self) -> str:
        return f"{self.option} {self.starts_on}"
