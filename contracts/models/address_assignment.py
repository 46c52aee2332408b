"""Which line had which IP address when: kept only to answer for a reported address and moment."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class AddressAssignment(models.Model):
    """One address on one line, from a moment until the next assignment."""

    line = models.ForeignKey(
        "contracts.Line", on_delete=models.PROTECT, related_name="addresses", verbose_name=_("line")
    )
    ip_address = models.GenericIPAddressField(_("IP address"))
    since = models.DateTimeField(_("from"))
    until = models.DateTimeField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("address assignment")
        verbose_name_plural = _("address assignments")
        ordering = ["-since"]
        indexes = [models.Index(fields=["ip_address", "since"], name="address_at")]
        constraints = [
            models.CheckConstraint(
                name="address_until_after_since", condition=Q(until__isnull=True) | Q(until__gt=F("since"))
            ),
            models.UniqueConstraint(
                name="address_on_one_line", fields=["ip_address"], condition=Q(until__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return str(self.ip_address)
