"""What one person proposes and a second must agree to: that the operator ends a contract."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from workflow.selectors import approved

END = "end"
"""The action on which a second person decides."""


class EndingProposal(models.Model):
    """A proposed ending by the operator. The decision of the second person hangs on it as an Approval."""

    contract = models.ForeignKey(
        "contracts.Contract",
        on_delete=models.PROTECT,
        related_name="ending_proposals",
        verbose_name=_("contract"),
    )
    ground = models.CharField(_("ground"), max_length=40)
    article = models.CharField(_("article"), max_length=80)
    reason = models.TextField(_("reason"))
    ends_on = models.DateField(_("last day"))
    urgent = models.BooleanField(
        _("urgent"), default=False, help_text=_("Without prior notice, where the document allows it.")
    )
    demand = models.ForeignKey(
        "notices.Notice",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("demand"),
        help_text=_("The notice of demand, where the ground asks for one."),
    )
    ending = models.OneToOneField(
        "contracts.Ending",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="proposal",
        verbose_name=pgettext_lazy("noun", "ending"),
        help_text=_("What came of it, once approved."),
    )

    class Meta:
        verbose_name = _("proposed ending")
        verbose_name_plural = _("proposed endings")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.contract} {self.ends_on}"

    @property
    def is_approved(self) -> bool:
        """Whether a second person agreed."""
        return approved(self, END) is not None
