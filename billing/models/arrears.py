"""The steps taken on an unpaid debt, and the operator's own days between them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ArrearsPolicy(models.Model):
    """How long the operator waits between the steps. The documents give the grounds; the days are the operator's."""

    terms_code = models.CharField(_("terms"), max_length=40)
    valid_from = models.DateField(_("valid from"))
    reminder_after = models.PositiveSmallIntegerField(_("reminder"), help_text=_("Days after the due date."))
    suspension_notice_after = models.PositiveSmallIntegerField(
        _("suspension notice"), help_text=_("Days after the due date.")
    )
    suspension_after = models.PositiveSmallIntegerField(
        _("suspension"), help_text=_("Days after the dispatch of the suspension notice.")
    )
    ending_notice_after = models.PositiveSmallIntegerField(
        _("ending notice"), help_text=_("Days after the suspension began.")
    )
    ending_after = models.PositiveSmallIntegerField(
        _("ending of the contract"), help_text=_("Days after the dispatch of the ending notice.")
    )
    minimum = models.PositiveIntegerField(
        _("smallest debt"), default=1, help_text=_("Yen. Smaller debts are only reminded of.")
    )

    class Meta:
        verbose_name = _("arrears policy")
        verbose_name_plural = _("arrears policies")
        ordering = ["terms_code", "-valid_from"]
        constraints = [
            models.UniqueConstraint(name="arrears_policy_once_a_day", fields=["terms_code", "valid_from"]),
            models.CheckConstraint(
                name="arrears_notice_comes_before",
                condition=models.Q(suspension_after__gte=1, ending_after__gte=1, minimum__gte=1),
                violation_error_message=_(
                    "Notice is given beforehand: at least one day, and of a debt of at least 1 yen."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.terms_code} {self.valid_from}"


class ArrearsStep(models.Model):
    """One step taken on one invoice, and for sanctions on one of its contracts: that of the earliest debt."""

    class Kind(models.TextChoices):
        REMINDER = "reminder", _("reminder")
        SUSPENSION_NOTICE = "suspension_notice", _("suspension notice")
        SUSPENSION = "suspension", _("suspension")
        LIFT = "lift", _("suspension lifted")
        ENDING_NOTICE = "ending_notice", _("ending notice")
        ENDING = "ending", _("ending of the contract")

    invoice = models.ForeignKey(
        "billing.Invoice", on_delete=models.PROTECT, related_name="arrears_steps", verbose_name=_("invoice")
    )
    contract = models.ForeignKey(
        "contracts.Contract", on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("contract")
    )
    kind = models.CharField(_("step"), max_length=20, choices=Kind)
    on = models.DateField(_("on"))
    article = models.CharField(_("article"), max_length=80)
    notice = models.ForeignKey(
        "notices.Notice", on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("notice")
    )
    suspension = models.ForeignKey(
        "contracts.Suspension", on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("suspension")
    )
    ending = models.ForeignKey(
        "contracts.Ending", on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("declared ending")
    )
    proof = models.JSONField(
        _("proof"),
        default=dict,
        blank=True,
        help_text=_("What was checked right before: the debt, the notice, disputes."),
    )

    class Meta:
        verbose_name = _("arrears step")
        verbose_name_plural = _("arrears steps")
        ordering = ["invoice_id", "id"]
        constraints = [
            models.UniqueConstraint(
                # A second suspension for the same debt, after the first was withdrawn, is another step.
                name="arrears_step_once",
                fields=["invoice", "contract", "kind", "suspension", "ending"],
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.on}"
