"""The secret with which a system of the operator's own delivers line records: shown once, stored hashed."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from lineinfo.models.secret import Secret
from workflow.models import StateField


class SystemCredential(Secret):
    """One secret of the system whose account is ``account``. It opens the deliveries and nothing else.

    A system can have several at a time, so that one is replaced without a break.
    """

    class State(models.TextChoices):
        ACTIVE = "active", _("active")
        REVOKED = "revoked", _("revoked")

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("system")
    )
    state = StateField(_("state"), default=State.ACTIVE, choices=State.choices)

    class Meta(Secret.Meta):
        verbose_name = _("system credential")
        verbose_name_plural = _("system credentials")

    @transition(field=state, source=State.ACTIVE, target=State.REVOKED)
    def revoke(self, *, at: datetime) -> None:
        """Blocked at once."""
        self.stopped_at = at
