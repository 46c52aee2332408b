"""A partner who prices a course has told that it is cancelled."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PartnerCancellation(models.Model):
    """The course ends, and from ``effective_on`` the contract goes on under ``becomes``."""

    contract = models.ForeignKey(
        "contracts.Contract",
        on_delete=models.PROTECT,
        related_name="partner_cancellations",
        verbose_name=_("contract"),
    )
    partner = models.ForeignKey("contracts.Partner", on_delete=models.PROTECT, verbose_name=_("partner"))
    becomes = models.ForeignKey("contracts.Product", on_delete=models.PROTECT, verbose_name=_("goes on as"))
    received_on = models.DateField(_("received on"))
    effective_on = models.DateField(_("effective on"))
    reference = models.CharField(_("reference"), max_length=80)
    article = models.CharField(_("article"), max_length=80)
    done_on = models.DateField(_("done on"), null=True, blank=True)

    class Meta:
        verbose_name = _("cancellation by a partner")
        verbose_name_plural = _("cancellations by partners")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                name="partner_cancellation_one_at_a_time",
                fields=["contract"],
                condition=models.Q(done_on__isnull=True),
                violation_error_message=_("This course is reported as cancelled already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.contract} {self.effective_on}"
