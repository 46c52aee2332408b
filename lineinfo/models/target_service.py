"""Which services an API document covers (対象サービス)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class TargetService(models.Model):
    """From ``since`` to ``until`` inclusive, contracts for ``product`` are targets of the document ``terms_code``.

    The document names its target services by their plan (line-info-api 3); which products of this operator those
    are is a dated setting, not code.
    """

    terms_code = models.CharField(
        _("API terms"),
        max_length=40,
        help_text=_("The code of the terms pack of the API, not of the product."),
    )
    product = models.ForeignKey(
        "contracts.Product", on_delete=models.PROTECT, related_name="+", verbose_name=_("target product")
    )
    since = models.DateField(_("since"))
    until = models.DateField(_("last day"), null=True, blank=True)

    class Meta:
        verbose_name = _("target service")
        verbose_name_plural = _("target services")
        ordering = ["terms_code", "product_id", "since"]
        constraints = [
            models.UniqueConstraint(name="target_service_once", fields=["terms_code", "product", "since"]),
            models.CheckConstraint(
                name="target_service_ends_after_start",
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                violation_error_message=_("The last day cannot lie before the first."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.terms_code}: {self.product}"
