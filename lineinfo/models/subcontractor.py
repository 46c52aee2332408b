"""A third party to whom the contractor entrusts part of the work, and what it is bound to."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Subcontractor(models.Model):
    """May be shown the IDs and the specification as far as needed, under equal duties and supervision (line-info-api 13-2).

    Its acts count as the contractor's own. Once ``ended_on`` is set, its API users have no credential any more.
    """

    api_contract = models.ForeignKey(
        "lineinfo.ApiContract",
        on_delete=models.PROTECT,
        related_name="subcontractors",
        verbose_name=_("API contract"),
    )
    name = models.CharField(_("name"), max_length=100)
    entrusted = models.CharField(_("work entrusted"), max_length=200)
    disclosed = models.CharField(
        _("what is disclosed"),
        max_length=200,
        help_text=_("The IDs and the parts of the specification that this work needs, and no more."),
    )
    duties_on = models.DateField(_("bound by equal duties on"))
    supervision = models.CharField(_("how it is supervised"), max_length=300)
    registered_on = models.DateField(_("registered on"))
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    end_reason = models.CharField(_("reason of the end"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("subcontractor")
        verbose_name_plural = _("subcontractors")
        ordering = ["api_contract_id", "id"]
        constraints = [
            models.CheckConstraint(
                name="subcontractor_bound_first",
                condition=Q(duties_on__lte=F("registered_on")),
                violation_error_message=_("A subcontractor must be bound before it is registered."),
            ),
            models.CheckConstraint(
                name="subcontractor_supervised",
                condition=~Q(supervision="") & ~Q(disclosed=""),
                violation_error_message=_("Say how it is supervised and what is disclosed to it."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
