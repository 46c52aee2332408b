"""The one who concludes contracts: a person or a corporation."""

import pghistory
from django.conf import settings
from django.contrib.postgres.indexes import OpClass
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Expression, F, Q, Value
from django.db.models.functions import Replace
from django.utils.translation import gettext_lazy as _

from contracts.models.address import Address
from contracts.models.numbering import subscriber_number

kana_validator = RegexValidator(
    r"^[ァ-ヶー・　 （）().A-Za-zＡ-Ｚａ-ｚ0-9０-９]+$", _("Write the reading in full-width katakana.")
)
phone_validator = RegexValidator(
    r"^0\d{1,4}-?\d{1,4}-?\d{3,4}$", _("Write a Japanese phone number, such as 03-1234-5678.")
)
corporate_number_validator = RegexValidator(r"^\d{13}$", _("A corporate number (法人番号) is 13 digits."))


def without(text: Expression | F, *signs: str) -> Expression:
    """``text`` without any of ``signs``, as an expression of the database."""
    for sign in signs:
        text = Replace(text, Value(sign), Value(""))
    return text  # type: ignore[return-value]  # there is at least one sign


@pghistory.track()
class Subscriber(Address):
    """A person or corporation, with the address to which notices go."""

    class Kind(models.TextChoices):
        PERSON = "person", _("person")
        CORPORATION = "corporation", _("corporation")

    class Channel(models.TextChoices):
        EMAIL = "email", _("e-mail")
        LETTER = "letter", _("letter")

    number = models.CharField(
        _("subscriber number"), max_length=12, unique=True, default=subscriber_number, editable=False
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    name = models.CharField(_("name"), max_length=100)
    name_kana = models.CharField(_("name in kana"), max_length=100, validators=[kana_validator])
    corporate_number = models.CharField(
        _("corporate number"), max_length=13, blank=True, validators=[corporate_number_validator]
    )
    contact_person = models.CharField(_("contact person"), max_length=60, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=15, validators=[phone_validator])
    channel = models.CharField(_("notices by"), max_length=10, choices=Channel, default=Channel.EMAIL)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="subscriber",
        verbose_name=_("portal account"),
    )
    registered_on = models.DateField(_("registered on"))

    class Meta:
        verbose_name = _("subscriber")
        verbose_name_plural = _("subscribers")
        ordering = ["-id"]
        # For contracts.search: each from its beginning, without the spaces and hyphens that people leave out.
        indexes = [
            models.Index(
                OpClass(without(F("name"), " ", "　"), name="text_pattern_ops"), name="subscriber_name"
            ),
            models.Index(
                OpClass(without(F("name_kana"), " ", "　"), name="text_pattern_ops"), name="subscriber_kana"
            ),
            models.Index(OpClass(without(F("phone"), "-"), name="text_pattern_ops"), name="subscriber_phone"),
            models.Index(fields=["email"], opclasses=["varchar_pattern_ops"], name="subscriber_email"),
        ]
        constraints = [
            models.CheckConstraint(
                name="subscriber_email_for_email_notices",
                condition=Q(channel="letter") | ~Q(email=""),
                violation_error_message=_("Notices by e-mail need an e-mail address."),
            ),
            models.CheckConstraint(
                name="subscriber_corporate_number_of_corporations",
                condition=Q(kind="corporation") | Q(corporate_number=""),
                violation_error_message=_("Only a corporation has a corporate number."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.number})"

    def clean(self) -> None:
        """Say at its field what the constraints of the database would say of the whole."""
        if self.channel == self.Channel.EMAIL and not self.email:
            raise ValidationError({"email": _("Notices by e-mail need an e-mail address.")})
        if self.kind == self.Kind.PERSON and self.corporate_number:
            raise ValidationError({"corporate_number": _("Only a corporation has a corporate number.")})

    @property
    def notice_channel(self) -> str:
        """The channel by which notices go."""
        return self.channel

    @property
    def notice_address(self) -> str:
        """The address for that channel."""
        return self.email if self.channel == self.Channel.EMAIL else self.full_address

    @property
    def notice_name(self) -> str:
        """The name at the head of a notice."""
        return f"{self.name} {'御中' if self.kind == self.Kind.CORPORATION else '様'}"
