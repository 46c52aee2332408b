"""A breach of a duty under an API contract, and what became of it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from contracts.models import Breach


class ApiBreach(Breach):
    """What happened, on what evidence, by whom. The acts of API users and subcontractors are the contractor's to answer for.

    A suspension or a claim for damages may rest on it (line-info-api 9-5, 13-2, 17-1, 20-1).
    """

    api_contract = models.ForeignKey(
        "lineinfo.ApiContract",
        on_delete=models.PROTECT,
        related_name="breaches",
        verbose_name=_("API contract"),
    )
    api_user = models.ForeignKey(
        "lineinfo.ApiUser",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="breaches",
        verbose_name=_("done by the API user"),
    )
    subcontractor = models.ForeignKey(
        "lineinfo.Subcontractor",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="breaches",
        verbose_name=_("done by the subcontractor"),
    )
    answers_article = models.CharField(_("the contractor answers under"), max_length=80, blank=True)
    suspension = models.ForeignKey(
        "lineinfo.ApiSuspension",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="breaches",
        verbose_name=_("suspension"),
    )

    class Meta(Breach.Meta):
        verbose_name = _("breach of the API terms")
        verbose_name_plural = _("breaches of the API terms")
        constraints = [
            models.CheckConstraint(
                name="api_breach_reported_after_it_happened",
                condition=Q(reported_on__gte=F("happened_on")),
                violation_error_message=_("It cannot have been reported before it happened."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.api_contract} {self.article}"
