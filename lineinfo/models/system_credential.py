"""The secret with which a system of the operator's own delivers line records: shown once, stored hashed."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from workflow.models import Machine


class SystemCredential(Machine):
    """One secret of the system whose account is ``account``. It opens the deliveries and nothing else.

    ``prefix`` finds it, ``digest`` (SHA-256 of a 256-bit random secret) proves it. A system can have several at a time, so that
    one is replaced without a break.
    """

    class State(models.TextChoices):
        ACTIVE = "active", _("active")
        REVOKED = "revoked", _("revoked")

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("system")
    )
    prefix = models.CharField(_("prefix"), max_length=12, unique=True)
    digest = models.CharField(_("digest"), max_length=64)
    state = FSMField(_("state"), default=State.ACTIVE, choices=State.choices, protected=True)
    issued_at = models.DateTimeField(_("issued at"))
    expires_at = models.DateTimeField(_("expires at"))
    last_used_at = models.DateTimeField(_("last used at"), null=True, blank=True)
    stopped_at = models.DateTimeField(_("stopped at"), null=True, blank=True)

    class Meta:
        verbose_name = _("system credential")
        verbose_name_plural = _("system credentials")
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.prefix

    @transition(field=state, source=State.ACTIVE, target=State.REVOKED)
    def revoke(self, *, at: datetime) -> None:
        """Blocked at once."""
        self.stopped_at = at
