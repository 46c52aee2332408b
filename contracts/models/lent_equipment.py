"""Equipment lent to a subscriber: one unit with its serial number, until it is back or paid for."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from workflow.models import Machine, StateField


class LentEquipment(Machine):
    """One unit. ``claim`` is what the document makes the subscriber pay for it; billing rates it from ``claimed_on``."""

    class State(models.TextChoices):
        LENT = "lent", _("lent")
        TO_RETURN = "to_return", _("to be returned")
        RETURNED = "returned", _("given back")
        LOST = "lost", _("lost")
        DAMAGED = "damaged", _("damaged")
        NOT_RETURNED = "not_returned", _("not returned")

    class Owner(models.TextChoices):
        OPERATOR = "operator", _("the operator")
        WHOLESALER = "wholesaler", _("the wholesaler")

    class Why(models.TextChoices):
        ENDING = "ending", _("the contract ended")
        ABOLISHED = "abolished", _("the equipment was abolished")
        DISUSE = "disuse", _("no longer used")

    class Claim(models.TextChoices):
        DAMAGES = "damages", _("equipment damages by tariff")
        REPARATION = "reparation", _("cost of making good")

    contract = models.ForeignKey(
        "contracts.Contract", on_delete=models.PROTECT, related_name="equipment", verbose_name=_("contract")
    )
    product = models.ForeignKey(
        "contracts.Product", on_delete=models.PROTECT, related_name="+", verbose_name=_("product")
    )
    serial_number = models.CharField(_("serial number"), max_length=60)
    owner = models.CharField(_("owner"), max_length=10, choices=Owner, default=Owner.OPERATOR)
    place = models.CharField(_("place"), max_length=200, blank=True)
    lent_on = models.DateField(_("lent on"))
    state = StateField(_("state"), default=State.LENT, choices=State.choices, db_index=True)
    why = models.CharField(_("due back because"), max_length=10, choices=Why, blank=True)
    asked_on = models.DateField(_("asked back on"), null=True, blank=True)
    return_by = models.DateField(_("return by"), null=True, blank=True)
    reminded_on = models.DateField(_("last reminder on"), null=True, blank=True)
    over_on = models.DateField(
        _("over on"), null=True, blank=True, help_text=_("Returned, lost, damaged or given up on this day.")
    )
    claim = models.CharField(_("claim"), max_length=10, choices=Claim, blank=True)
    claimed_on = models.DateField(_("claimed on"), null=True, blank=True)
    cost = models.PositiveIntegerField(
        _("cost of making good"), null=True, blank=True, help_text=_("Yen without tax.")
    )
    duty = models.CharField(_("breach of the duty"), max_length=40, blank=True)
    article = models.CharField(_("article"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("lent equipment")
        verbose_name_plural = _("lent equipment")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["claimed_on"], name="equipment_claimed", condition=~Q(claim="")),
        ]
        constraints = [
            models.UniqueConstraint(
                name="equipment_lent_once",
                fields=["product", "serial_number"],
                condition=Q(state__in=["lent", "to_return"]),
                violation_error_message=_("A unit with this serial number is lent already."),
            ),
            models.CheckConstraint(
                name="equipment_reparation_has_cost",
                condition=~Q(claim="reparation") | Q(cost__isnull=False),
            ),
            models.CheckConstraint(
                name="equipment_claim_has_day", condition=Q(claim="") | Q(claimed_on__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product} {self.serial_number}"

    @transition(field=state, source=State.LENT, target=State.TO_RETURN)
    def ask_back(self, *, on: date, why: str, return_by: date | None, article: str) -> None:
        """The subscriber is asked to return it."""
        self.asked_on, self.why, self.return_by, self.article = on, why, return_by, article

    @transition(field=state, source=[State.LENT, State.TO_RETURN], target=State.RETURNED)
    def take_back(self, *, on: date) -> None:
        """It is back, and in order."""
        self.over_on = on

    @transition(field=state, source=[State.LENT, State.TO_RETURN], target=State.LOST)
    def lose(self, *, on: date) -> None:
        """It is lost."""
        self.over_on = on

    @transition(field=state, source=[State.LENT, State.TO_RETURN], target=State.DAMAGED)
    def damage(self, *, on: date) -> None:
        """It is broken."""
        self.over_on = on

    @transition(field=state, source=State.TO_RETURN, target=State.NOT_RETURNED)
    def give_up(self, *, on: date) -> None:
        """It never came back."""
        self.over_on = on
