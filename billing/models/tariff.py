"""Dated prices: what the documents give, and what the operator sets where they leave it out."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from billing.models.invoice_triggers import kept_while_charged
from terms.article import ArticleRef
from terms.errors import TermsError
from terms.registry import registry


class TaxCategory(models.TextChoices):
    """How consumption tax treats a fee."""

    STANDARD = "standard", _("taxable, standard rate")
    EXEMPT = "exempt", _("non-taxable")
    OUTSIDE = "outside", _("outside the scope of tax")


class Tariff(models.Model):
    """One fee. Its amounts are dated in TariffPrice; ``source`` says whose figure it is."""

    class Kind(models.TextChoices):
        BASE = "base", _("base fee")
        OPTION = "option", _("option fee")
        NUMBER_LEVY = "number_levy", _("levy per number or line")
        HANDLING = "handling", _("handling fee")
        CONSTRUCTION = "construction", _("construction fee")
        WEEKEND_SURCHARGE = "weekend_surcharge", _("weekend surcharge of works")
        APPOINTED_TIME = "appointed_time", _("appointed-time fee of works")
        INSTALMENT = "instalment", _("instalment")
        ENDING = "ending", _("ending fee")
        SINGLE_LINE = "single_line", _("single-line fee")
        EQUIPMENT_DAMAGES = "equipment_damages", _("equipment damages")
        DISPATCH = "dispatch", _("dispatch fee")
        OTHER = "other", _("other fee")

    class Source(models.TextChoices):
        DOCUMENT = "document", _("the document")
        STATUTE = "statute", _("statute or public notice")
        OPERATOR = "operator", _("the operator’s own tariff")
        DEMONSTRATION = "demonstration", _("the demonstration operator (made up)")

    code = models.SlugField(_("code"), max_length=60, unique=True)
    terms_code = models.CharField(_("terms"), max_length=40, db_index=True)
    product = models.ForeignKey(
        "contracts.Product",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="tariffs",
        verbose_name=_("product"),
        help_text=_("The product that this fee is charged for each period; empty for one-off fees."),
    )
    kind = models.CharField(_("kind"), max_length=24, choices=Kind)
    name = models.CharField(_("fee name"), max_length=120)
    occasion = models.CharField(
        _("due for"),
        max_length=40,
        blank=True,
        help_text=_(
            "What a one-off fee is due for: the kind of request of a handling fee or “invoice_letter” or "
            "“account_transfer”, “early”, “always” or “discount_clawback” of an ending fee, “initial_works” or “initial_contract” "
            "of what an initial cancellation leaves charged, the code of the product of equipment damages, “type1” or "
            "“type2” of a single-line fee."
        ),
    )
    tax_category = models.CharField(
        _("tax"), max_length=10, choices=TaxCategory, default=TaxCategory.STANDARD
    )
    source = models.CharField(_("source"), max_length=14, choices=Source, default=Source.OPERATOR)
    article = models.CharField(_("article"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("tariff")
        verbose_name_plural = _("tariffs")
        ordering = ["terms_code", "kind", "code"]
        triggers = [kept_while_charged("kept_while_charged", "charge.tariff_id = OLD.id")]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """ValidationError, at its field, for what no run could charge: another document's product, a periodic fee without a
        product, a one-off fee without the article that makes it payable, and an article that there is not."""
        errors: dict[str, Any] = {}
        if self.product and self.product.terms_code != self.terms_code:
            errors["product"] = _("This product is one of %(terms)s.") % {"terms": self.product.terms_code}
        elif self.kind in _OF_PRODUCTS and self.product is None:
            errors["product"] = _("Choose the product that this fee is charged for.")
        elif self.kind not in _OF_PRODUCTS | {self.Kind.NUMBER_LEVY} and self.product:
            errors["product"] = _("A one-off fee has no product; say what it is due for.")
        elif self.product and (self.kind == self.Kind.BASE) != (self.product.kind == self.product.Kind.BASE):
            errors["kind"] = _("“%(product)s” is of the kind “%(kind)s”.") % {
                "product": self.product,
                "kind": self.product.get_kind_display(),
            }
        if self.article and not _is_article(self.article):
            errors["article"] = _(
                "There is no such article. Write the code of the document, a space and the number, such as “isp-access 30”."
            )
        elif not self.article and self.product is None:
            errors["article"] = _("Say which article makes the fee payable.")
        if errors:
            raise ValidationError(errors)


_OF_PRODUCTS = frozenset({Tariff.Kind.BASE, Tariff.Kind.OPTION})
"""Charged each period for a product."""


def _is_article(text: str) -> bool:
    try:
        ref = ArticleRef.parse(text)
        return ref.head in registry().latest(ref.pack).articles
    except (ValueError, TermsError):
        return False


class TariffPrice(models.Model):
    """The amount of a fee from a day on, until the next price takes over. Yen without tax.

    ``source`` is given where one price comes from somewhere else than the tariff says; ``note`` says what it rests on.
    """

    tariff = models.ForeignKey(
        Tariff, on_delete=models.PROTECT, related_name="prices", verbose_name=_("tariff")
    )
    valid_from = models.DateField(_("valid from"))
    amount = models.PositiveIntegerField(_("amount"), help_text=_("Yen without tax."))
    source = models.CharField(
        _("source"), max_length=14, choices=Tariff.Source, blank=True, help_text=_("Empty: as the tariff.")
    )
    note = models.CharField(_("note"), max_length=200, blank=True)
    posting = models.ForeignKey(
        "notices.Posting",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("posting"),
        help_text=_(
            "What announced it; empty for the first price of a tariff, and for one that stood before."
        ),
    )

    class Meta:
        verbose_name = _("price")
        verbose_name_plural = _("prices")
        ordering = ["tariff_id", "valid_from"]
        constraints = [models.UniqueConstraint(name="price_once_a_day", fields=["tariff", "valid_from"])]

    def __str__(self) -> str:
        return f"{self.amount:,}円 {self.valid_from}"
