"""A contract that passed from one subscriber to another: by transfer, or by succession."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SubscriberChange(models.Model):
    """From ``on`` the contract is ``new``'s; through the day before it was ``old``'s.

    ``successors``: everybody who took over together, where there were several; ``new`` is the one of them with whom the
    operator deals. ``representative_named``: they named that one themselves (hikari-line 別記2 (2), (3)).
    """

    class Cause(models.TextChoices):
        TRANSFER = "transfer", _("transfer")
        INHERITANCE = "inheritance", _("inheritance")
        MERGER = "merger", _("merger")
        SPLIT = "split", _("corporate split")
        REPRESENTATIVE = "representative", _("another representative")

    contract = models.ForeignKey(
        "contracts.Contract",
        on_delete=models.PROTECT,
        related_name="subscriber_changes",
        verbose_name=_("contract"),
    )
    on = models.DateField(_("from"))
    cause = models.CharField(_("cause"), max_length=16, choices=Cause)
    old = models.ForeignKey(
        "contracts.Subscriber",
        on_delete=models.PROTECT,
        related_name="contracts_given",
        verbose_name=_("subscriber before"),
    )
    new = models.ForeignKey(
        "contracts.Subscriber",
        on_delete=models.PROTECT,
        related_name="contracts_taken",
        verbose_name=_("subscriber after"),
    )
    successors = models.ManyToManyField(
        "contracts.Subscriber", blank=True, related_name="+", verbose_name=_("successors")
    )
    representative_named = models.BooleanField(_("named as representative"), default=False)
    debts = models.BooleanField(_("debts passed, too"), default=False)
    request = models.ForeignKey(
        "contracts.Request",
        on_delete=models.PROTECT,
        related_name="subscriber_changes",
        null=True,
        blank=True,
        verbose_name=_("request"),
    )
    article = models.CharField(_("article"), max_length=80)

    class Meta:
        verbose_name = _("change of subscriber")
        verbose_name_plural = _("changes of subscriber")
        ordering = ["contract_id", "on", "pk"]

    def __str__(self) -> str:
        return f"{self.on} {self.old.name} → {self.new.name}"
