"""What became of a claim that nobody paid us: written off, or assigned to a billing operator."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from billing.models.book_month import not_into_closed_months


class ReceivableEnd(models.Model):
    """The yen that were still owed on an invoice when its claim ended. Append-only."""

    class Kind(models.TextChoices):
        WRITTEN_OFF = "written_off", _("written off")
        ASSIGNED = "assigned", _("assigned")

    invoice = models.OneToOneField(
        "billing.Invoice", on_delete=models.PROTECT, related_name="ended_claim", verbose_name=_("invoice")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    amount = models.PositiveIntegerField(_("amount"))
    on = models.DateField(_("on"))
    partner = models.ForeignKey(
        "contracts.Partner",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("billing operator"),
    )
    article = models.CharField(_("article"), max_length=80, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by")
    )

    class Meta:
        verbose_name = _("end of a claim")
        verbose_name_plural = _("ends of claims")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="claim_assigned_to_somebody",
                condition=Q(kind="assigned", partner__isnull=False)
                | Q(kind="written_off", partner__isnull=True),
            ),
            models.CheckConstraint(name="claim_of_something", condition=Q(amount__gt=0)),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            not_into_closed_months("open_month", "NEW.on"),
        ]

    def __str__(self) -> str:
        return f"{self.invoice} {self.get_kind_display()}"
