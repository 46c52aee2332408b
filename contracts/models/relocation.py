"""A line that was moved: from where to where, and how long it could not be used meanwhile."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Relocation(models.Model):
    """The move of one line, which took effect on ``on``.

    Unusable from ``unusable_from`` until ``usable_again``, the first day of use at the new place; empty where it was
    usable throughout. ``own_convenience``: the subscriber did not use it for reasons of their own (hikari-phone 37-3).
    """

    contract = models.ForeignKey(
        "contracts.Contract", on_delete=models.PROTECT, related_name="relocations", verbose_name=_("contract")
    )
    request = models.ForeignKey(
        "contracts.Request",
        on_delete=models.PROTECT,
        related_name="relocations",
        null=True,
        blank=True,
        verbose_name=_("request"),
    )
    on = models.DateField(_("moved on"))
    old_address = models.JSONField(_("old place"))
    new_address = models.JSONField(_("new place"))
    same_building = models.BooleanField(_("in the same premises or building"), default=False)
    unusable_from = models.DateField(_("unusable from"), null=True, blank=True)
    usable_again = models.DateField(_("usable again on"), null=True, blank=True)
    own_convenience = models.BooleanField(_("at the subscriber’s convenience"), default=False)
    article = models.CharField(_("article"), max_length=80)

    class Meta:
        verbose_name = _("relocation")
        verbose_name_plural = _("relocations")
        ordering = ["-on"]
        constraints = [
            models.CheckConstraint(
                name="relocation_usable_after_unusable",
                condition=Q(unusable_from__isnull=True, usable_again__isnull=True)
                | Q(usable_again__gt=F("unusable_from")),
                violation_error_message=_("A line is usable again after it was not."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.contract}"
