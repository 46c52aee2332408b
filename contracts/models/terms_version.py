"""A published version of one document."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from terms.pack import Pack
from terms.registry import pack_version


class TermsVersion(models.Model):
    """One version of one terms pack, with the day it takes effect and the posting that announced it.

    ``digest`` is the SHA-256 of the pack file at publication, so that a later change of the file is noticed; FileCorrection holds
    those that were meant.
    """

    terms_code = models.CharField(_("terms"), max_length=40)
    effective = models.DateField(_("effective"))
    title = models.CharField(_("title"), max_length=120)
    operator = models.CharField(_("operator"), max_length=120)
    digest = models.CharField(_("digest"), max_length=64)
    posting = models.ForeignKey(
        "notices.Posting", on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("posting")
    )
    in_force_before = models.BooleanField(
        _("in force before"),
        default=False,
        help_text=_("It was announced and took effect before this system was there."),
    )
    beneficial = models.BooleanField(
        _("to the subscribers’ benefit"),
        default=False,
        help_text=_("Where the document lets such a change be told promptly after it took effect."),
    )
    without_waiting = models.TextField(_("reason for not waiting"), blank=True)

    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("published by"),
    )
    published_at = models.DateTimeField(_("published at"), null=True)

    class Meta:
        verbose_name = _("terms version")
        verbose_name_plural = _("terms versions")
        ordering = ["terms_code", "-effective"]
        constraints = [models.UniqueConstraint(name="terms_version_once", fields=["terms_code", "effective"])]

    def __str__(self) -> str:
        return f"{self.title} ({self.effective})"

    @property
    def pack(self) -> Pack:
        """The rules and articles of this version."""
        return pack_version(self.terms_code, self.effective)

    @property
    def file_digest(self) -> str:
        """The SHA-256 of the file that stands for it now: the last that corrected it, or the one that was published."""
        last = self.file_corrections.last()
        return last.digest if last else self.digest
