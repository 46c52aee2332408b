"""A person who uses the API under a contract, with both consents on record."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class ApiUser(models.Model):
    """An own or third-party employee registered by the contractor (line-info-api 9).

    Sees all lines of the contract, or with ``all_lines`` off only those in ``lines``: never more than the contractor.
    """

    api_contract = models.ForeignKey(
        "lineinfo.ApiContract",
        on_delete=models.PROTECT,
        related_name="api_users",
        verbose_name=_("API contract"),
    )
    name = models.CharField(_("name"), max_length=60)
    organisation = models.CharField(_("organisation"), max_length=100)
    email = models.EmailField(_("e-mail"))
    viewing_consent_on = models.DateField(_("contractor’s consent to viewing"))
    supply_consent_on = models.DateField(_("user’s consent to supply of personal data"))
    subcontractor = models.ForeignKey(
        "lineinfo.Subcontractor",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="api_users",
        verbose_name=_("staff of the subcontractor"),
        help_text=_("Empty: the contractor’s own staff."),
    )
    all_lines = models.BooleanField(_("all lines of the contract"), default=True)
    lines = models.ManyToManyField(
        "contracts.Line",
        blank=True,
        related_name="+",
        verbose_name=_("lines"),
        help_text=_("Where not all lines."),
    )
    whole_log = models.BooleanField(
        _("may read the whole log of calls"),
        default=False,
        help_text=_("The calls of every API user of the contract, not only their own."),
    )
    registered_on = models.DateField(_("registered on"))
    deleted_on = models.DateField(_("deleted on"), null=True, blank=True)

    class Meta:
        verbose_name = _("API user")
        verbose_name_plural = _("API users")
        ordering = ["api_contract_id", "id"]
        constraints = [
            models.CheckConstraint(
                name="api_user_consents_first",
                condition=Q(
                    viewing_consent_on__lte=F("registered_on"), supply_consent_on__lte=F("registered_on")
                ),
                violation_error_message=_("Both consents must be there before an API user is registered."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.organisation})"
