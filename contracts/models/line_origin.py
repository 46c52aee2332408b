"""From whom a line came with its approval number: NTT (転用) or another provider (事業者変更)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LineOrigin(models.Model):
    """What is known of the line before it came here; billing asks for it.

    ``discounted_since``: the first day of a service of NTT West whose first works were discounted; empty where there was
    no discount (hikari-line, tariff 1, class 3: the discount is owed back for 24 months).
    """

    class Kind(models.TextChoices):
        CONVERSION = "conversion", _("from NTT (転用)")
        PROVIDER_CHANGE = "provider_change", _("from another provider (事業者変更)")

    contract = models.OneToOneField(
        "contracts.Contract", on_delete=models.PROTECT, related_name="origin", verbose_name=_("contract")
    )
    kind = models.CharField(_("kind"), max_length=16, choices=Kind)
    approval_number = models.CharField(_("approval number"), max_length=11)
    provider = models.CharField(_("provider before"), max_length=100, blank=True)
    discounted_since = models.DateField(_("discounted since"), null=True, blank=True)

    class Meta:
        verbose_name = _("origin of a line")
        verbose_name_plural = _("origins of lines")

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.approval_number}"
