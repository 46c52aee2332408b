"""What can be contracted: the items (品目), options and equipment of a document."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Product(models.Model):
    """One item of the catalogue of one document. Its prices are dated and live in billing."""

    class Kind(models.TextChoices):
        BASE = "base", _("base service")
        OPTION = "option", _("option")
        EQUIPMENT = "equipment", _("lent equipment")

    class Per(models.TextChoices):
        MONTH = "month", _("fixed monthly")
        YEAR = "year", _("fixed annual")
        USE = "use", _("metered")

    code = models.SlugField(_("code"), unique=True, max_length=60)
    terms_code = models.CharField(_("terms"), max_length=40, db_index=True, help_text=_("The code of the terms pack."))
    name = models.CharField(_("name"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=120, blank=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.BASE)
    per = models.CharField(_("payment"), max_length=8, choices=Per, default=Per.MONTH)
    item = models.CharField(_("item"), max_length=60, blank=True, help_text=_("品目, such as 1Gb/s."))
    maintenance = models.CharField(_("maintenance type"), max_length=20, blank=True)
    term_months = models.PositiveSmallIntegerField(
        _("base term in months"), default=0, help_text=_("The minimum or base term; 0 where there is none.")
    )
    needs_line_product = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("only beside a contract for")
    )
    offered = models.BooleanField(_("offered"), default=True)

    class Meta:
        verbose_name = _("product")
        verbose_name_plural = _("products")
        ordering = ["terms_code", "kind", "code"]

    def __str__(self) -> str:
        return self.name
