"""An outage of one line: when it went down, when the operator knew, when it was back, and whose fault it was."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from terms.calendar import japan_clock


class Outage(models.Model):
    """The facts from which credits and damages are computed. Never taken from line records (line-info-api 15)."""

    class Cause(models.TextChoices):
        NOT_CUSTOMER = "not_customer", _("not the customer's")
        GROSS_NEGLIGENCE = "gross_negligence", _("intent or gross negligence of the operator")
        CUSTOMER = "customer", _("the customer's")

    line = models.ForeignKey(
        "contracts.Line", on_delete=models.PROTECT, related_name="outages", verbose_name=_("line")
    )
    down = models.DateTimeField(_("down since"))
    known = models.DateTimeField(_("known to the operator at"))
    restored = models.DateTimeField(_("restored at"), null=True, blank=True)
    cause = models.CharField(_("cause"), max_length=20, choices=Cause, default=Cause.NOT_CUSTOMER)
    operator_fault = models.BooleanField(_("the operator's fault"), default=False)
    partner_fault = models.ForeignKey(
        "contracts.PartnerFault",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="outages",
        verbose_name=_("fault of a partner"),
        help_text=_("The failure of another operator’s service that brought it about."),
    )
    halted = models.ForeignKey(
        "contracts.Contract",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="halt_outages",
        verbose_name=_("halted contract"),
        help_text=_("It lasts until this contract, whose line is halted, has ended."),
    )
    interruption = models.ForeignKey(
        "contracts.Interruption",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="outages",
        verbose_name=_("interruption"),
        help_text=_("The maintenance or emergency in which the line was out of use."),
    )
    note = models.TextField(_("note"), blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("recorded by"),
    )
    restored_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("restoration recorded by"),
    )

    class Meta:
        verbose_name = _("outage")
        verbose_name_plural = _("outages")
        ordering = ["-down"]
        indexes = [models.Index(fields=["down"], name="outage_open", condition=Q(restored__isnull=True))]
        constraints = [
            models.CheckConstraint(
                name="outage_known_after_down",
                condition=Q(known__gte=F("down")),
                violation_error_message=_("The operator cannot have known before the line went down."),
                violation_error_code="known_after_down",
            ),
            models.CheckConstraint(
                name="outage_restored_after_down",
                condition=Q(restored__isnull=True) | Q(restored__gt=F("down")),
                violation_error_message=_("A line is restored after it went down."),
                violation_error_code="restored_after_down",
            ),
            models.CheckConstraint(
                name="outage_one_at_fault",
                condition=Q(partner_fault__isnull=True) | (Q(operator_fault=False) & ~Q(cause="customer")),
                violation_error_message=_(
                    "An outage is the fault of one: the operator, a partner or the customer."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line} {japan_clock(self.down):%Y-%m-%d %H:%M}"
