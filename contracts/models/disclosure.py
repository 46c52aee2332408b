"""Data about a subscriber that were given to somebody, refused, or received from somebody."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Disclosure(models.Model):
    """One entry of the log: on which ground, on which consent or law, to or from whom, what, by whom, when. Append-only."""

    class Answer(models.TextChoices):
        GIVEN = "given", _("provided")
        REFUSED = "refused", _("not given")
        RECEIVED = "received", _("received")

    class Recipient(models.TextChoices):
        INTERCONNECTED_CARRIER = "interconnected_carrier", _("interconnected carrier")
        WHOLESALER = "wholesaler", _("wholesaler")
        BILLING_OPERATOR = "billing_operator", _("billing operator")
        CONTRACTOR = "contractor", _("contractor")
        PROVIDER = "provider", _("provider before or after the change")
        SUBSCRIBER = "subscriber", _("another subscriber")
        THIRD_PARTY = "third_party", _("third party")
        AUTHORITY = "authority", _("authority")
        COURT = "court", _("court")

    class Item(models.TextChoices):
        NAME_AND_ADDRESS = "name_and_address", _("name and address")
        CONTACT = "contact", _("phone and e-mail")
        LINE_NUMBER = "line_number", _("line number")
        CONTRACT_CONTENT = "contract_content", _("content of the contract")
        BILLING_DATA = "billing_data", _("what was billed")
        ACCOUNT_OR_CARD = "account_or_card", _("bank account or card number")
        SUSPENSION = "suspension", _("suspension")
        ARREARS = "arrears", _("arrears")
        PAYMENT_STATUS = "payment_status", _("what was paid")
        OPTIONS_AND_EQUIPMENT = "options_and_equipment", _("options and equipment")
        CALLER_NUMBER = "caller_number", _("caller’s number")
        MESSAGE = "message", _("recorded message")
        TRAFFIC_RECORDS = "traffic_records", _("records of communications")

    contract = models.ForeignKey(
        "contracts.Contract", on_delete=models.PROTECT, related_name="disclosures", verbose_name=_("contract")
    )
    answer = models.CharField(_("answer"), max_length=10, choices=Answer)
    ground = models.CharField(_("ground"), max_length=40)
    article = models.CharField(_("article"), max_length=80)
    consent = models.ForeignKey(
        "contracts.Consent",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="disclosures",
        verbose_name=_("consent"),
        help_text=_("Empty where the document or the law is enough by itself."),
    )
    items = models.JSONField(_("data"), default=list)
    recipient = models.CharField(_("to or from"), max_length=30, choices=Recipient)
    partner = models.ForeignKey(
        "contracts.Partner",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="disclosures",
        verbose_name=_("partner"),
    )
    name = models.CharField(_("name of the other side"), max_length=120)
    reference = models.CharField(
        _("document number"),
        max_length=120,
        blank=True,
        help_text=_("Number of the warrant or of the letter of inquiry."),
    )
    reason = models.TextField(_("reason"), blank=True)
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by")
    )

    class Meta:
        verbose_name = _("disclosure")
        verbose_name_plural = _("disclosures")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="disclosure_refused_with_reason",
                condition=~Q(answer="refused") | ~Q(reason=""),
                violation_error_message=_("Say why nothing is given."),
            )
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.name} {self.contract}"

    @property
    def items_text(self) -> str:
        """What was passed, in the language of the reader."""
        labels = dict(self.Item.choices)
        return ", ".join(str(labels.get(item, item)) for item in self.items)
