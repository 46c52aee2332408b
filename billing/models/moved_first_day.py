"""The operator moves the first day of the tariff month (料金月の起算日の変更)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

MOVE = "move_first_day"
"""The action on which a second person decides."""


class MovedFirstDayQuerySet(models.QuerySet["MovedFirstDay"]):
    def decided(self) -> "MovedFirstDayQuerySet":
        """Those a second person agreed to, in order of their days."""
        return self.filter(decided_on__isnull=False).order_by("terms_code", "since")


class MovedFirstDay(models.Model):
    """From ``since`` on, tariff months of a document begin on that day of the month; before the first move, on the 1st.

    Proposed by one person, decided by a second; then it is posted, and no longer edited.
    """

    terms_code = models.CharField(_("terms"), max_length=40)
    since = models.DateField(
        _("first day of the new tariff months"),
        help_text=_(
            "Tariff months begin on this day of each month from then on; the one before is charged by its days."
        ),
    )
    reason = models.TextField(_("reason"), help_text=_("In Japanese: it is posted as it stands."))
    article = models.CharField(_("article"), max_length=80)
    decided_on = models.DateField(_("granted on"), null=True, blank=True, editable=False)
    posting = models.ForeignKey(
        "notices.Posting",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        verbose_name=_("posting"),
    )

    objects = MovedFirstDayQuerySet.as_manager()

    class Meta:
        verbose_name = _("move of the tariff month")
        verbose_name_plural = _("moves of the tariff month")
        ordering = ["-since"]
        constraints = [
            models.UniqueConstraint(
                name="one_move_a_day",
                fields=["terms_code", "since"],
                condition=models.Q(decided_on__isnull=False),
                violation_error_message=_(
                    "The tariff months of this document begin anew on this day already."
                ),
            )
        ]

    def __str__(self) -> str:
        return f"{self.terms_code} {self.since}"
