"""How long the operator waits for lent equipment. The documents name no days."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class ReturnPolicy(models.Model):
    """From a day on, under one document: where equipment goes, by when, how often one reminds, when one gives up.

    All days are counted from the day on which the unit was asked back.
    """

    terms_code = models.CharField(_("terms"), max_length=40)
    valid_from = models.DateField(_("valid from"))
    place = models.CharField(_("place of return"), max_length=200)
    return_days = models.PositiveSmallIntegerField(
        _("days to return it"), validators=[MinValueValidator(1)], help_text=_("The operator’s own days.")
    )
    remind_every = models.PositiveSmallIntegerField(
        _("days between reminders"), validators=[MinValueValidator(1)]
    )
    give_up_after = models.PositiveSmallIntegerField(
        _("not returned after days"),
        help_text=_("Then the damages of the tariff, where the document has them."),
    )
    demonstration = models.BooleanField(
        _("made up"),
        default=False,
        help_text=_("Made up for the demonstration operator; not in the document."),
    )

    class Meta:
        verbose_name = _("return policy")
        verbose_name_plural = _("return policies")
        ordering = ["terms_code", "-valid_from"]
        constraints = [
            models.UniqueConstraint(name="return_policy_once_a_day", fields=["terms_code", "valid_from"]),
            models.CheckConstraint(
                name="return_policy_gives_time",
                condition=Q(return_days__gte=1, remind_every__gte=1, give_up_after__gt=F("return_days")),
                violation_error_message=_("Equipment can be given up only after the day to return it."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.terms_code} {self.valid_from}"
