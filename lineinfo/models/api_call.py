"""The log of API calls: who asked what, when, and what the answer was."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ApiCall(models.Model):
    """One answered call."""

    api_contract = models.ForeignKey(
        "lineinfo.ApiContract", on_delete=models.CASCADE, related_name="calls", verbose_name=_("API contract")
    )
    credential = models.ForeignKey("lineinfo.Credential", on_delete=models.PROTECT, verbose_name=_("credential"))
    at = models.DateTimeField(_("at"))
    method = models.CharField(_("method"), max_length=8)
    path = models.CharField(_("path"), max_length=300)
    status = models.PositiveSmallIntegerField(_("status"))

    class Meta:
        verbose_name = _("API call")
        verbose_name_plural = _("API calls")
        ordering = ["-id"]
        indexes = [models.Index(fields=["api_contract", "-at"], name="api_call_of_contract")]

    def __str__(self) -> str:
        return f"{self.method} {self.path} {self.status}"
