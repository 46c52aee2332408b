"""The log of API calls: who asked what, when, and what the answer was."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ApiCall(models.Model):
    """One answered call. ``code`` is the code of the refusal, empty where the answer was yes."""

    api_contract = models.ForeignKey(
        "lineinfo.ApiContract", on_delete=models.PROTECT, related_name="calls", verbose_name=_("API contract")
    )
    credential = models.ForeignKey(
        "lineinfo.Credential", on_delete=models.PROTECT, related_name="+", verbose_name=_("credential")
    )
    at = models.DateTimeField(_("at"))
    method = models.CharField(_("method"), max_length=8)
    path = models.CharField(_("path"), max_length=300)
    status = models.PositiveSmallIntegerField(_("status"))
    code = models.CharField(_("code of the refusal"), max_length=40, blank=True)
    request_id = models.CharField(_("request ID"), max_length=64, blank=True)

    class Meta:
        verbose_name = _("API call")
        verbose_name_plural = _("API calls")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["api_contract", "-at"], name="api_call_of_contract"),
            models.Index(fields=["api_contract", "-id"], name="api_call_pages"),
        ]

    def __str__(self) -> str:
        return f"{self.method} {self.path} {self.status}"
