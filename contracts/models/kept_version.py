"""A contract that stays under an earlier version of its document, because a later one did not come to bind it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from contracts.models.terms_version import TermsVersion
from terms.overrides import Agreed


class EarlierTerms(models.Model):
    """From ``since``, the day of a later version that did not come to bind, through ``until`` an earlier ``version`` goes on applying.

    What it is that stays under it, and the version itself, the models say that build on this.
    """

    since = models.DateField(_("since"), help_text=_("The day of the version that does not bind it."))
    until = models.DateField(_("last day"), null=True, blank=True)
    article = models.CharField(_("article"), max_length=80)
    reason = models.TextField(_("reason"))

    version: models.ForeignKey[TermsVersion]

    class Meta:
        abstract = True

    @property
    def agreed(self) -> Agreed:
        """As the rules take it. The version itself, not the one before its day, is what applies."""
        return Agreed(self.since, self.until, stays=self.version.effective)


class KeptVersion(EarlierTerms):
    """From ``since``, the day of a later version, the contract stays under ``version``: that later one was not posted, or its
    subscriber not told, in the time that ``article`` asks for (民法548の4-3). ``until`` is the last such day; empty while it lasts.
    """

    contract = models.ForeignKey(
        "contracts.Contract",
        on_delete=models.PROTECT,
        related_name="kept_versions",
        verbose_name=_("contract"),
    )
    version = models.ForeignKey(
        "contracts.TermsVersion",
        on_delete=models.PROTECT,
        related_name="kept_by",
        verbose_name=_("stays under"),
    )

    class Meta:
        verbose_name = _("contract under earlier terms")
        verbose_name_plural = _("contracts under earlier terms")
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(name="kept_version_once", fields=["contract", "since"])]

    def __str__(self) -> str:
        return f"{self.contract} {self.version}"
