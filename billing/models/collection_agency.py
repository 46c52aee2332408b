"""回収代行: one company asks for the other's charges as its agent."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from workflow.models import Machine, StateField


class CollectionAgency(Machine):
    """Agreed for one contract at the subscriber's wish; abolished on the first sum that is overdue."""

    class Direction(models.TextChoices):
        FOR_PARTNER = "for_partner", _("we collect the partner’s charges")
        BY_PARTNER = "by_partner", _("the partner collects our charges")

    class State(models.TextChoices):
        AGREED = "agreed", _("agreed")
        ABOLISHED = "abolished", _("abolished")

    contract = models.ForeignKey(
        "contracts.Contract",
        on_delete=models.PROTECT,
        related_name="collection_agencies",
        verbose_name=_("contract"),
    )
    partner = models.ForeignKey("contracts.Partner", on_delete=models.PROTECT, verbose_name=_("partner"))
    direction = models.CharField(_("who collects"), max_length=20, choices=Direction)
    state = StateField(_("state"), default=State.AGREED, choices=State.choices)
    requested_on = models.DateField(_("requested on"), help_text=_("The subscriber’s own wish."))
    agreed_on = models.DateField(_("agreed on"))
    article = models.CharField(_("article"), max_length=80)
    abolished_on = models.DateField(_("abolished on"), null=True, blank=True)

    class Meta:
        verbose_name = _("collection for a partner or by one")
        verbose_name_plural = _("collections for partners and by them")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                name="collection_agency_once",
                fields=["contract", "partner", "direction"],
                condition=Q(state="agreed"),
                violation_error_message=_("This collection is agreed already."),
            ),
            models.UniqueConstraint(
                name="collection_by_one_partner",
                fields=["contract"],
                condition=Q(state="agreed", direction="by_partner"),
                violation_error_message=_("A partner collects the charges of this contract already."),
            ),
            models.CheckConstraint(
                name="collection_abolished_on_a_day",
                condition=Q(state="abolished", abolished_on__isnull=False)
                | Q(state="agreed", abolished_on__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contract} {self.partner}"

    @transition(field=state, source=State.AGREED, target=State.ABOLISHED)
    def abolish(self, on: date) -> None:
        """A sum is overdue, or the partner or the subscriber wants it no more."""
        self.abolished_on = on
