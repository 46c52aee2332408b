"""A group of lines of one building (契約者グループ), and whose lines belong to it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from contracts.models.address import Address
from contracts.models.numbering import group_number


class LineGroup(Address):
    """Set up on premises or in a building for a menu that is given in groups. ``plan`` and ``grade`` are codes of the document's, or empty.

    ``single`` is the contract whose line was the last one left, and ``told_on`` the day on which its subscriber was told.
    """

    number = models.CharField(
        _("group number"), max_length=12, unique=True, default=group_number, editable=False
    )
    terms_code = models.CharField(_("terms"), max_length=40)
    plan = models.CharField(_("plan"), max_length=40, blank=True)
    grade = models.CharField(
        _("grade"),
        max_length=20,
        blank=True,
        help_text=_("Of all its lines, where the document tells grades apart."),
    )
    formed_on = models.DateField(_("formed on"))
    representative = models.ForeignKey(
        "contracts.Contract",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("representative"),
        help_text=_("The member who asks for all of them, named by their consent."),
    )
    single = models.OneToOneField(
        "contracts.Contract",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("only line left"),
    )
    told_on = models.DateField(_("told on"), null=True, blank=True)

    class Meta:
        verbose_name = _("line group")
        verbose_name_plural = _("line groups")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="single_line_was_told",
                condition=Q(single__isnull=True, told_on__isnull=True)
                | Q(single__isnull=False, told_on__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.number

    def holds(self, place: Address) -> bool:
        """Whether a place lies on the same premises or in the same building: at the same number of the same town."""
        return all(getattr(self, name) == getattr(place, name) for name in ("prefecture", "city", "town"))


class LineGroupMember(models.Model):
    """A line in a group, from its application; ``left_on`` is the first day on which it is no longer in it."""

    group = models.ForeignKey(
        LineGroup, on_delete=models.PROTECT, related_name="members", verbose_name=_("line group")
    )
    contract = models.ForeignKey(
        "contracts.Contract",
        on_delete=models.PROTECT,
        related_name="group_memberships",
        verbose_name=_("contract"),
    )
    joined_on = models.DateField(_("joined on"))
    consented_on = models.DateField(
        _("consent given on"), null=True, blank=True, help_text=_("To the representative who asks for all.")
    )
    left_on = models.DateField(_("left on"), null=True, blank=True)

    class Meta:
        verbose_name = _("member of a line group")
        verbose_name_plural = _("members of line groups")
        ordering = ["joined_on", "id"]
        constraints = [
            models.UniqueConstraint(
                name="in_one_line_group", fields=["contract"], condition=Q(left_on__isnull=True)
            ),
            models.CheckConstraint(
                name="left_after_joining",
                condition=Q(left_on__isnull=True) | Q(left_on__gte=models.F("joined_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group} {self.contract}"
