"""A breach of a duty of the subscriber, and what became of it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from contracts.models.breach import Breach


class Violation(Breach):
    """A duty of the document that was breached under one contract: what happened, on what evidence, who reported it.

    A suspension, an ending or a measure against content may rest on it; they are named here, so that it says what became of it.
    """

    contract = models.ForeignKey(
        "contracts.Contract", on_delete=models.PROTECT, related_name="violations", verbose_name=_("contract")
    )
    reported_by = models.CharField(_("reported by"), max_length=100)
    other_user = models.CharField(
        _("done by"),
        max_length=100,
        blank=True,
        help_text=_("Whoever used the line or the ID, where it was not the subscriber."),
    )
    answers_article = models.CharField(
        _("the subscriber answers under"), max_length=80, blank=True, editable=False
    )
    claimant = models.CharField(
        _("claimant"), max_length=100, blank=True, help_text=_("Who makes a claim because of it, if anyone.")
    )
    suspension = models.ForeignKey(
        "contracts.Suspension",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="violations",
        verbose_name=_("suspension"),
    )
    ending_proposal = models.ForeignKey(
        "contracts.EndingProposal",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="violations",
        verbose_name=_("proposed ending"),
    )
    cost = models.PositiveIntegerField(
        _("cost of what was lost or damaged"),
        null=True,
        blank=True,
        help_text=_("Yen without tax, where the document has the subscriber pay for it."),
    )
    pay_by = models.DateField(_("to be paid by"), null=True, blank=True)

    class Meta(Breach.Meta):
        verbose_name = _("violation")
        verbose_name_plural = _("violations")
        constraints = [
            models.CheckConstraint(
                name="violation_reported_after_it_happened",
                condition=Q(reported_on__gte=F("happened_on")),
                violation_error_message=_("It cannot have been reported before it happened."),
            ),
            models.CheckConstraint(
                name="violation_cost_with_its_day",
                condition=Q(cost__isnull=True, pay_by__isnull=True)
                | Q(cost__isnull=False, pay_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contract} {self.article}"
