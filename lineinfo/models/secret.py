"""What every secret has with which somebody signs in: shown once, stored hashed."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from workflow.models import Machine


class Secret(Machine):
    """``prefix`` finds it, ``digest`` (SHA-256 of a 256-bit random secret) proves it. Whose it is, the models say that build on this."""

    prefix = models.CharField(_("prefix"), max_length=12, unique=True)
    digest = models.CharField(_("digest"), max_length=64)
    issued_at = models.DateTimeField(_("issued at"))
    expires_at = models.DateTimeField(_("expires at"))
    last_used_at = models.DateTimeField(_("last used at"), null=True, blank=True)
    stopped_at = models.DateTimeField(_("stopped at"), null=True, blank=True)

    class Meta:
        abstract = True
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.prefix
