"""The ending (解除) of a contract: by whom, on which ground, declared when, last day."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Ending(models.Model):
    """One declared ending. Withdrawn endings stay on record."""

    class By(models.TextChoices):
        SUBSCRIBER = "subscriber", _("the subscriber")
        OPERATOR = "operator", _("the operator")
        AUTOMATIC = "automatic", _("by itself")

    contract = models.ForeignKey(
        "contracts.Contract", on_delete=models.PROTECT, related_name="endings", verbose_name=_("contract")
    )
    by = models.CharField(_("ended by"), max_length=12, choices=By)
    ground = models.CharField(_("ground"), max_length=40, blank=True)
    article = models.CharField(_("article"), max_length=80)
    reason = models.TextField(_("reason"), blank=True)
    declared_on = models.DateField(_("declared on"))
    ends_on = models.DateField(_("last day"))
    form = models.CharField(
        _("form"), max_length=10, blank=True, help_text=_("How the subscriber declared it.")
    )
    urgent = models.BooleanField(
        _("urgent"), default=False, help_text=_("Without prior notice, where the document allows it.")
    )
    notice_first = models.BooleanField(
        _("needs notice first"),
        default=False,
        help_text=_("The contract ends only where the notice was dispatched in time."),
    )
    notice = models.ForeignKey(
        "notices.Notice",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("notice"),
    )
    told_by = models.DateField(
        _("told by"),
        null=True,
        blank=True,
        help_text=_("The day by which the notice must have been dispatched; empty: the last day."),
    )
    follows = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="followed_by",
        verbose_name=_("follows the ending"),
        help_text=_("The ending of the contract beside which this one stood."),
    )
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)

    class Meta:
        verbose_name = pgettext_lazy("noun", "ending")
        verbose_name_plural = _("endings")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                name="ending_one_at_a_time", fields=["contract"], condition=Q(withdrawn_on__isnull=True)
            ),
            models.CheckConstraint(
                name="ending_not_backdated",
                condition=Q(ends_on__gte=F("declared_on")),
                violation_error_message=_("The last day cannot lie before the declaration."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contract} {self.ends_on}"
