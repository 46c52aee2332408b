"""The answer to a writing call, kept so that the same call sent again is not carried out again."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class KeptAnswer(models.Model):
    """What was answered to the call that an API user marked with ``key``; ``digest`` is of its method, address and body.

    Written in the transaction of what the call did, so that there is never the one without the other.
    """

    api_user = models.ForeignKey(
        "lineinfo.ApiUser", on_delete=models.CASCADE, related_name="+", verbose_name=_("API user")
    )
    key = models.CharField(_("idempotency key"), max_length=64)
    digest = models.CharField(_("digest"), max_length=64)
    status = models.PositiveSmallIntegerField(_("status"), default=0)
    body = models.JSONField(_("answer"), default=dict)
    at = models.DateTimeField(_("at"), db_index=True)

    class Meta:
        verbose_name = _("kept answer")
        verbose_name_plural = _("kept answers")
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(name="kept_answer_once", fields=["api_user", "key"])]

    def __str__(self) -> str:
        return self.key
