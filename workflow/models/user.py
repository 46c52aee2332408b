"""The one who acts: staff, a subscriber in the portal, or the clock."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """An account that can act.

    ``is_system`` marks the named accounts under which scheduled jobs act. They own no password and
    pass permission checks, because what they may do is written in the job itself.
    """

    is_system = models.BooleanField(_("system account"), default=False)

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [
            models.CheckConstraint(
                name="system_account_without_password",
                # Django marks a password that nobody can enter with an exclamation mark.
                condition=Q(is_system=False) | Q(password__startswith="!"),
                violation_error_message=_("Nobody signs in as a system account: it has no password."),
            )
        ]

    def __str__(self) -> str:
        return self.get_full_name() or self.username

    def get_full_name(self) -> str:
        """As names are written in Japan: the family name first."""
        return f"{self.last_name} {self.first_name}".strip()
