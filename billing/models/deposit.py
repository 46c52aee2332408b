"""Money that came into an account of ours, as the bank lists it."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from billing.models.payment import Payment
from workflow.models import Machine, StateField
from workflow.triggers import changed

_FACTS = ("file", "account", "booked_on", "inquiry_number", "amount", "payer", "payer_code", "summary")


class Deposit(Machine):
    """One incoming movement. Open until it is known whose it is; a match can be undone, and the trace stays."""

    class State(models.TextChoices):
        OPEN = "open", _("not matched yet")
        MATCHED = "matched", _("matched")
        SET_ASIDE = "set_aside", _("set aside")

    state = StateField(_("state"), default=State.OPEN, choices=State.choices)
    file = models.ForeignKey(
        "billing.BankFile", on_delete=models.PROTECT, related_name="deposits", verbose_name=_("bank file")
    )
    account = models.ForeignKey(
        "billing.CollectionAccount",
        on_delete=models.PROTECT,
        related_name="deposits",
        verbose_name=_("collection account"),
    )
    booked_on = models.DateField(_("booked on"))
    inquiry_number = models.CharField(_("inquiry number"), max_length=8)
    amount = models.BigIntegerField(_("amount"))
    payer = models.CharField(_("payer"), max_length=48, blank=True)
    payer_code = models.CharField(_("payer’s code"), max_length=10, blank=True)
    summary = models.CharField(_("summary"), max_length=20, blank=True)
    why_open = models.CharField(
        _("why it did not match"),
        max_length=20,
        blank=True,
        choices=[
            ("nobody", _("nobody of this name owes this amount")),
            ("several", _("several of this name owe this amount")),
            ("no_name", _("the bank names no payer")),
            ("undone", _("a match was undone")),
        ],
    )
    payment = models.OneToOneField(
        Payment,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="deposit",
        verbose_name=_("payment"),
    )
    matches = models.PositiveSmallIntegerField(_("times matched"), default=0, editable=False)

    class Meta:
        verbose_name = _("bank deposit")
        verbose_name_plural = _("bank deposits")
        ordering = ["-booked_on", "-id"]
        constraints = [
            # The same movement may stand in two lists.
            models.UniqueConstraint(
                name="deposit_once",
                fields=["account", "booked_on", "inquiry_number", "amount", "payer"],
            ),
            models.CheckConstraint(name="deposit_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="deposit_matched_has_payment",
                condition=Q(state="matched", payment__isnull=False)
                | (~Q(state="matched") & Q(payment__isnull=True)),
            ),
        ]
        indexes = [models.Index(fields=["booked_on"], name="deposit_open", condition=Q(state="open"))]
        triggers = [
            pgtrigger.Protect(name="no_delete", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="facts_are_final",
                operation=pgtrigger.Update,
                condition=changed(*_FACTS),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.payer or '?'} {self.amount:,}円 {self.booked_on}"

    @property
    def next_reference(self) -> str:
        """What identifies the payment that the next match records."""
        return f"deposit:{self.pk}/{self.matches + 1}"

    @transition(field=state, source=State.OPEN, target=State.MATCHED)
    def match(self, *, payment: Payment) -> None:
        """It is known whose it is; the payment is recorded."""
        self.payment = payment
        self.why_open = ""
        self.matches += 1

    @transition(field=state, source=State.MATCHED, target=State.OPEN)
    def undo(self) -> None:
        """It was somebody else's."""
        self.payment = None
        self.why_open = "undone"

    @transition(field=state, source=State.OPEN, target=State.SET_ASIDE)
    def set_aside(self) -> None:
        """No subscriber's payment."""

    @transition(field=state, source=State.SET_ASIDE, target=State.OPEN)
    def take_back(self) -> None:
        """Perhaps it is one after all."""
