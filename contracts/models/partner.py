"""Another company in the chain: wholesaler, interconnected carrier, billing operator, contractor."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Partner(models.Model):
    """A company that stands behind or beside our services."""

    class Role(models.TextChoices):
        WHOLESALER = "wholesaler", _("wholesaler")
        INTERCONNECTED_CARRIER = "interconnected_carrier", _("interconnected carrier")
        BILLING_OPERATOR = "billing_operator", _("billing operator")
        CONTRACTOR = "contractor", _("contractor")

    code = models.SlugField(_("code"), unique=True)
    name = models.CharField(_("name"), max_length=100)
    role = models.CharField(_("role"), max_length=30, choices=Role)
    email = models.EmailField(_("e-mail"))

    class Meta:
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name

    @property
    def notice_channel(self) -> str:
        """Partners are told by e-mail."""
        return "email"

    @property
    def notice_address(self) -> str:
        """The address for that channel."""
        return self.email

    @property
    def notice_name(self) -> str:
        """The name at the head of a notice."""
        return f"{self.name} 御中"
