"""A decision to ask for less in a disaster (料金等の臨時減免)."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from contracts.models.address import PREFECTURES

RELIEF = "relief"
"""The action on which a second person decides."""


class Relief(models.Model):
    """So many percent off the charges of the lines of a document in a place, for the days ``since`` through ``through``.

    Proposed by one person, granted by a second; then it is posted, and the runs of those days take it off. Never edited.
    """

    class When(models.TextChoices):
        DISASTER = "disaster", _("a disaster has struck")
        THREAT = "threat", _("a disaster threatens")

    terms_code = models.CharField(_("terms"), max_length=40)
    when = models.CharField(_("what gives rise to it"), max_length=10, choices=When)
    covers = ArrayField(models.CharField(max_length=10), verbose_name=_("what is reduced"))
    percent = models.PositiveSmallIntegerField(_("percent off"))
    prefecture = models.CharField(
        _("prefecture"), max_length=4, blank=True, choices=[(name, name) for name in PREFECTURES]
    )
    city = models.CharField(_("city"), max_length=40, blank=True)
    since = models.DateField(_("since"))
    through = models.DateField(_("last day"))
    reason = models.TextField(_("reason"), help_text=_("In Japanese: it is posted as it stands."))
    article = models.CharField(_("article"), max_length=80)
    granted_on = models.DateField(_("granted on"), null=True, blank=True, editable=False)
    posting = models.ForeignKey(
        "notices.Posting",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        verbose_name=_("posting"),
    )

    class Meta:
        verbose_name = _("disaster relief")
        verbose_name_plural = _("disaster reliefs")
        ordering = ["-id"]
        indexes = [
            models.Index(
                fields=["terms_code", "through"],
                name="relief_granted",
                condition=Q(granted_on__isnull=False),
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="relief_ends_after_start",
                condition=Q(through__gte=F("since")),
                violation_error_message=_("It cannot end before it starts."),
            ),
            models.CheckConstraint(
                name="relief_of_some_percent",
                condition=Q(percent__gte=1, percent__lte=100),
                violation_error_message=_("Between 1 and 100 percent are taken off."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.terms_code} {self.since}–{self.through} {self.percent}%"
