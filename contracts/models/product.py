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

    class Dwelling(models.TextChoices):
        DETACHED = "detached", _("detached house")
        COLLECTIVE = "collective", _("collective housing")

    code = models.SlugField(_("code"), unique=True, max_length=60)
    terms_code = models.CharField(
        _("terms"), max_length=40, db_index=True, help_text=_("The code of the terms pack.")
    )
    name = models.CharField(_("name"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=120, blank=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.BASE)
    per = models.CharField(_("way of charging"), max_length=8, choices=Per, default=Per.MONTH)
    item = models.CharField(_("item"), max_length=60, blank=True, help_text=_("品目, such as 1Gb/s."))
    dwelling = models.CharField(
        _("dwelling"),
        max_length=12,
        choices=Dwelling,
        blank=True,
        help_text=_("Where the document tells them apart."),
    )
    maintenance = models.CharField(_("maintenance type"), max_length=20, blank=True)
    term_months = models.PositiveSmallIntegerField(
        _("base term in months"), default=0, help_text=_("The minimum or base term; 0 where there is none.")
    )
    beside_terms = models.CharField(
        _("only beside a contract under"),
        max_length=40,
        blank=True,
        help_text=_(
            "The terms of the contract without which this one cannot be, such as the line of an IP phone."
        ),
    )
    partner = models.ForeignKey(
        "contracts.Partner",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("partner"),
        help_text=_("The billing operator that sets the price of this course, if one does."),
    )
    becomes = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("becomes"),
        help_text=_("The course that goes on when the partner who prices this one cancels it."),
    )
    carrier = models.ForeignKey(
        "contracts.Partner",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("interconnected carrier"),
        help_text=_("With whom the subscriber also contracts, where the document says so."),
    )
    article = models.CharField(_("article"), max_length=80, blank=True)
    demonstration = models.BooleanField(
        _("made up"),
        default=False,
        help_text=_("Made up for the demonstration operator; not in the document."),
    )
    offered = models.BooleanField(_("offered"), default=True)

    class Meta:
        verbose_name = _("product")
        verbose_name_plural = _("products")
        ordering = ["terms_code", "kind", "code"]

    def __str__(self) -> str:
        return self.name
