"""One delivery of line records: who sent what when, and what became of its rows."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from workflow.models import Machine, StateField


class LineBatch(Machine):
    """A file or a call. The same bytes delivered again are the same batch, and only ``deliveries`` counts up.

    The counts grow with every part of it that is stored, in the same transaction: a load that broke off goes on behind
    ``lines_read``.
    """

    class State(models.TextChoices):
        RECEIVED = "received", _("received")
        LOADED = "loaded", _("loaded")
        FAILED = "failed", _("not loaded")

    class Source(models.TextChoices):
        FOLDER = "folder", _("folder")
        UPLOAD = "upload", _("upload")
        HTTP = "http", _("HTTP")
        COMMAND = "command", _("command")

    class Kind(models.TextChoices):
        MEASUREMENTS = "measurements", _("measurements")
        STATUSES = "statuses", _("line statuses")

    state = StateField(_("state"), default=State.RECEIVED, choices=State.choices)
    source = models.CharField(_("came by"), max_length=10, choices=Source)
    kind = models.CharField(_("kind"), max_length=14, choices=Kind, blank=True)
    name = models.CharField(_("file name"), max_length=200)
    sha256 = models.CharField(_("SHA-256"), max_length=64, unique=True)
    size = models.BigIntegerField(_("size in bytes"))
    received_at = models.DateTimeField(_("received at"))
    received_from = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("received from")
    )
    key = models.CharField(
        _("idempotency key"), max_length=64, blank=True, help_text=_("Where the sender gave one.")
    )
    deliveries = models.PositiveIntegerField(_("times delivered"), default=1)
    loaded_at = models.DateTimeField(_("loaded at"), null=True, blank=True)
    failure = models.TextField(_("why it was not loaded"), blank=True)
    lines_read = models.BigIntegerField(_("lines read"), default=0)
    new = models.BigIntegerField(_("new"), default=0)
    corrected = models.BigIntegerField(_("corrected"), default=0)
    repeated = models.BigIntegerField(_("there already"), default=0)
    late = models.BigIntegerField(_("came late"), default=0)
    bad = models.BigIntegerField(_("bad rows"), default=0)
    unknown_lines = models.BigIntegerField(_("of unknown lines"), default=0)
    beyond_retention = models.BigIntegerField(_("beyond retention"), default=0)

    class Meta:
        verbose_name = _("batch of line records")
        verbose_name_plural = _("batches of line records")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["id"], name="line_batch_waiting", condition=models.Q(state="received"))
        ]
        constraints = [
            models.UniqueConstraint(
                name="line_batch_key_once", fields=["received_from", "key"], condition=~models.Q(key="")
            )
        ]

    def __str__(self) -> str:
        return self.name

    @transition(field=state, source=State.RECEIVED, target=State.LOADED)
    def load(self, *, at: datetime) -> None:
        """Every row is stored or put aside."""
        self.loaded_at = at

    @transition(field=state, source=State.RECEIVED, target=State.FAILED)
    def fail(self, *, reason: str) -> None:
        """It cannot be read. What was read before stays."""
        self.failure = reason

    @transition(
        field=state, source=State.FAILED, target=State.RECEIVED, permission="lineinfo.change_linebatch"
    )
    def retry(self) -> None:
        """To be loaded once more, from where it stopped."""
        self.failure = ""
