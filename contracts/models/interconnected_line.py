"""A circuit of another service that is connected to a line (回線相互接続)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class InterconnectedLine(models.Model):
    """Connected from ``since`` through ``until``, at a place and by means of equipment that the subscriber named."""

    contract = models.ForeignKey(
        "contracts.Contract",
        on_delete=models.PROTECT,
        related_name="interconnected_lines",
        verbose_name=_("contract"),
    )
    circuit = models.CharField(_("other circuit"), max_length=200)
    place = models.CharField(_("place of the connection"), max_length=200)
    equipment = models.CharField(_("equipment used"), max_length=200)
    since = models.DateField(_("first day"))
    until = models.DateField(_("last day"), null=True, blank=True)
    request = models.ForeignKey(
        "contracts.Request",
        on_delete=models.PROTECT,
        related_name="interconnected_lines",
        verbose_name=_("request"),
    )
    article = models.CharField(_("article"), max_length=80)

    class Meta:
        verbose_name = _("interconnected line")
        verbose_name_plural = _("interconnected lines")
        ordering = ["contract_id", "since", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="interconnected_once",
                fields=["contract", "circuit"],
                condition=Q(until__isnull=True),
                violation_error_message=_("This circuit is connected already."),
            ),
            models.CheckConstraint(
                name="interconnected_until_after_since",
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contract} – {self.circuit}"
