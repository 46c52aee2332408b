"""The secret with which an API user signs in: shown once, stored hashed, revocable at once."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from lineinfo.models.secret import Secret
from workflow.models import StateField


class Credential(Secret):
    """One secret. It works while it is active, until ``expires_at``; replaced by another, until ``stopped_at``."""

    class State(models.TextChoices):
        ACTIVE = "active", _("active")
        ROTATED = "rotated", _("rotated")
        REVOKED = "revoked", _("revoked")
        EXPIRED = "expired", _("expired")

    api_user = models.ForeignKey(
        "lineinfo.ApiUser", on_delete=models.PROTECT, related_name="credentials", verbose_name=_("API user")
    )
    state = StateField(_("state"), default=State.ACTIVE, choices=State.choices)

    class Meta(Secret.Meta):
        verbose_name = _("credential")
        verbose_name_plural = _("credentials")

    @property
    def works_until(self) -> datetime:
        """The moment at which it stops working, if nothing happens before."""
        if self.state == self.State.ROTATED and self.stopped_at is not None:
            return min(self.stopped_at, self.expires_at)
        return self.expires_at

    def is_over(self, at: datetime) -> bool:
        """True where its time is over at ``at``; the nightly job may not have said so yet."""
        return self.state == self.State.EXPIRED or self.works_until <= at

    @transition(field=state, source=State.ACTIVE, target=State.ROTATED)
    def rotate(self, *, until: datetime) -> None:
        """Replaced by another; it works until ``until``."""
        self.stopped_at = until

    @transition(field=state, source=[State.ACTIVE, State.ROTATED], target=State.REVOKED)
    def revoke(self, *, at: datetime) -> None:
        """Blocked at once."""
        self.stopped_at = at

    @transition(field=state, source=[State.ACTIVE, State.ROTATED], target=State.EXPIRED)
    def expire(self, *, at: datetime) -> None:
        """Its time is over."""
        self.stopped_at = at
