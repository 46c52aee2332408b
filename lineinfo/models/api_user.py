"""A person who uses the API under a contract, with both consents on record."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ApiUser(models.Model):
    """An own or third-party employee registered by the contractor (line-info-api 9).

    ``lines`` narrows what this user may see; empty means all lines of the contract's targets.
    """

    api_contract = models.ForeignKey(
        "lineinfo.ApiContract", on_delete=models.PROTECT, related_name="api_users", verbose_name=_("API contract")
    )
    name = models.CharField(_("name"), max_length=60)
    organisation = models.CharField(_("organisation"), max_length=100)
    email = models.EmailField(_("e-mail"))
    viewing_consent_on = models.DateField(_("contractor’s consent to viewing"))
    supply_consent_on = models.DateField(_("user’s consent to supply of personal data"))
    lines = models.ManyToManyField("contracts.Line", blank=True, related_name="+", verbose_name=_("lines"))
    registered_on = models.DateField(_("registered on"))
    deleted_on = models.DateField(_("deleted on"), null=True, blank=True)

    class Meta:
        verbose_name = _("API user")
        verbose_name_plural = _("API users")
        ordering = ["api_contract_id", "id"]

    def __str__(self) -> str:
        return f"{self.name} ({self.organisation})"
