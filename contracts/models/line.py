"""The circuit that one contract is about."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from contracts.models.address import Address
from contracts.models.numbering import line_number


class Line(Address):
    """A line with its number, the place where it ends and the exchange that houses it."""

    number = models.CharField(
        _("line number"), max_length=12, unique=True, default=line_number, editable=False
    )
    terms_code = models.CharField(_("terms"), max_length=40)
    terminal_point = models.CharField(_("terminal point"), max_length=100, blank=True)
    terminal_agreed_on = models.DateField(_("terminal point agreed on"), null=True, blank=True)
    host_exchange = models.CharField(_("host exchange"), max_length=60, blank=True)
    phone_number = models.CharField(_("telephone number"), max_length=15, blank=True)
    different_route = models.BooleanField(_("on a different route"), default=False)
    number_withheld = models.BooleanField(
        _("number withheld"),
        default=False,
        help_text=_("The called line is not shown the number, at the subscriber’s wish."),
    )
    repair_rank = models.PositiveSmallIntegerField(_("repair rank"), default=3)
    priority_body = models.CharField(
        _("priority body"),
        max_length=40,
        blank=True,
        help_text=_("Whose line it is, where it was agreed that it stays in use in an emergency."),
    )
    priority_agreed_on = models.DateField(_("agreed on"), null=True, blank=True)

    class Meta:
        verbose_name = _("line")
        verbose_name_plural = _("lines")
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.number
