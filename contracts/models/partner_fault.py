"""A failure of a partner's service that took lines of ours down, and what the partner paid for it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from terms.calendar import japan_clock


class PartnerFault(models.Model):
    """The service of ``partner`` failed, and the outages that name it came of that.

    ``received``: the damages in yen that the partner paid for it, 0 where it paid nothing; empty until that is known. A document
    may limit what is owed to all subscribers together to this sum (business-network 19-3).
    """

    partner = models.ForeignKey(
        "contracts.Partner", on_delete=models.PROTECT, related_name="faults", verbose_name=_("partner")
    )
    began = models.DateTimeField(_("began at"))
    what = models.TextField(_("what failed"))
    received = models.PositiveBigIntegerField(_("damages received from the partner"), null=True, blank=True)
    received_on = models.DateField(_("known on"), null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("recorded by")
    )

    class Meta:
        verbose_name = _("fault of a partner")
        verbose_name_plural = _("faults of partners")
        ordering = ["-began", "-id"]
        constraints = [
            models.CheckConstraint(
                name="partner_damages_with_their_day",
                condition=Q(received__isnull=True, received_on__isnull=True)
                | Q(received__isnull=False, received_on__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.partner} {japan_clock(self.began):%Y-%m-%d %H:%M}"
