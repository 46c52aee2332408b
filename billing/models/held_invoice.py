"""Drafts that a rule holds back from being approved until somebody has looked at them, and what the rule says."""

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ReviewPolicy(models.Model):
    """Which drafts of one document are odd: too much at all, or far from the month before. Yen with tax."""

    terms_code = models.CharField(_("terms"), max_length=40)
    valid_from = models.DateField(_("valid from"))
    ceiling = models.PositiveIntegerField(_("ceiling"), help_text=_("A total above it is held."))
    times = models.PositiveSmallIntegerField(
        _("times"),
        validators=[MinValueValidator(2)],
        help_text=_(
            "A total that is so many times that of the month before, or so small a part of it, is held."
        ),
    )
    difference = models.PositiveIntegerField(
        _("difference"), help_text=_("But only where it differs by at least so much.")
    )

    class Meta:
        verbose_name = _("review policy")
        verbose_name_plural = _("review policies")
        ordering = ["terms_code", "-valid_from"]
        constraints = [
            models.UniqueConstraint(name="review_policy_once_a_day", fields=["terms_code", "valid_from"]),
            models.CheckConstraint(name="review_policy_many_times", condition=Q(times__gte=2)),
        ]

    def __str__(self) -> str:
        return f"{self.terms_code} {self.valid_from}"


class HeldInvoice(models.Model):
    """A draft that is odd by the review policy. Its run is not approved before it is released or left out.

    ``before``: what the same account was asked for in the month before; none for the first invoice.
    """

    class Kind(models.TextChoices):
        CEILING = "ceiling", _("above the ceiling")
        RISEN = "risen", _("far more than the month before")
        FALLEN = "fallen", _("far less than the month before")

    invoice = models.OneToOneField(
        "billing.Invoice", on_delete=models.PROTECT, related_name="held", verbose_name=_("invoice")
    )
    kind = models.CharField(_("held because"), max_length=10, choices=Kind)
    total = models.PositiveIntegerField(_("total"))
    before = models.PositiveIntegerField(_("month before"), null=True, blank=True)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("released by"),
    )
    released_at = models.DateTimeField(_("released at"), null=True, blank=True)
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        verbose_name = _("held invoice")
        verbose_name_plural = _("held invoices")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="held_invoice_released_with_a_reason",
                condition=Q(released_by=None, released_at=None, reason="")
                | (Q(released_by__isnull=False, released_at__isnull=False) & ~Q(reason="")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.invoice}: {self.get_kind_display()}"
