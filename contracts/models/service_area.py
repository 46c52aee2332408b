"""Where a document's service is offered."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from contracts.models.address import PREFECTURES


class ServiceArea(models.Model):
    """A prefecture, or one city of it, in which the service of one document is offered."""

    terms_code = models.CharField(_("terms"), max_length=40)
    prefecture = models.CharField(_("prefecture"), max_length=4, choices=[(p, p) for p in PREFECTURES])
    city = models.CharField(_("city"), max_length=40, blank=True, help_text=_("Empty: the whole prefecture."))

    class Meta:
        verbose_name = _("service area")
        verbose_name_plural = _("service areas")
        ordering = ["terms_code", "prefecture", "city"]
        constraints = [
            models.UniqueConstraint(name="service_area_once", fields=["terms_code", "prefecture", "city"])
        ]

    def __str__(self) -> str:
        return f"{self.terms_code}: {self.prefecture}{self.city}"
