"""An API contract that stays under an earlier version of its document, because a later one did not come to bind it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from contracts.models import EarlierTerms


class KeptApiVersion(EarlierTerms):
    """The API contract stays under ``version``, as a contract does (contracts.models.KeptVersion)."""

    contract = models.ForeignKey(
        "lineinfo.ApiContract",
        on_delete=models.PROTECT,
        related_name="kept_versions",
        verbose_name=_("API contract"),
    )
    version = models.ForeignKey(
        "contracts.TermsVersion", on_delete=models.PROTECT, related_name="+", verbose_name=_("stays under")
    )

    class Meta:
        verbose_name = _("API contract under earlier terms")
        verbose_name_plural = _("API contracts under earlier terms")
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(name="kept_api_version_once", fields=["contract", "since"])]

    def __str__(self) -> str:
        return f"{self.contract} {self.version}"
