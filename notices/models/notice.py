"""A notice to one recipient: what was said, to which address, when it left and when it counts as received."""

from datetime import datetime, timedelta
from typing import Any

import pgtrigger
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from notices.occasions import OCCASIONS
from terms.article import ArticleRef
from workflow.models import Machine, StateField
from workflow.triggers import changed

# After each attempt the next one waits this long. Together some five days: as long as mail servers themselves try (RFC 5321, 4.5.4.1).
RETRY_AFTER = tuple(
    timedelta(minutes=minutes)
    for minutes in (1, 5, 15, 60, 3 * 60, 6 * 60, 12 * 60, 24 * 60, 24 * 60, 24 * 60, 24 * 60)
)
MOST_ATTEMPTS = len(RETRY_AFTER) + 1

_FINAL = (
    "occasion",
    "recipient_type",
    "recipient_id",
    "recipient_name",
    "about_type",
    "about_id",
    "article",
    "channel",
    "address",
    "subject",
    "body",
    "facts",
    "written_at",
    "dispatched_at",
    "evidence",
)


class Notice(Machine):
    """One notice, written in the transaction that it announces and sent afterwards by a worker.

    Once dispatched, what was said, to whom, when, and the proof of it are final: the database refuses every change.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("queued")
        DISPATCHED = "dispatched", _("dispatched")
        RECEIVED = "received", _("received")
        DEEMED_RECEIVED = "deemed_received", _("deemed received")
        FAILED = "failed", _("failed")

    class Channel(models.TextChoices):
        EMAIL = "email", _("e-mail")
        LETTER = "letter", _("letter")

    occasion = models.CharField(_("occasion"), max_length=60)
    recipient_type = models.ForeignKey(
        ContentType, on_delete=models.PROTECT, related_name="+", verbose_name=_("kind of recipient")
    )
    recipient_id = models.BigIntegerField(_("recipient"))
    recipient = GenericForeignKey("recipient_type", "recipient_id")
    recipient_name = models.CharField(_("name of the recipient"), max_length=120)
    about_type = models.ForeignKey(
        ContentType, on_delete=models.PROTECT, related_name="+", verbose_name=_("kind of subject")
    )
    about_id = models.BigIntegerField(_("subject"))
    about = GenericForeignKey("about_type", "about_id")
    article = models.CharField(_("article"), max_length=80)
    channel = models.CharField(_("channel"), max_length=10, choices=Channel)
    address = models.TextField(_("address"))
    subject = models.CharField(_("title"), max_length=200)
    body = models.TextField(_("text"))
    facts = models.JSONField(
        _("facts"), default=dict, blank=True, help_text=_("What the text states: reason, dates, amounts.")
    )
    state = StateField(_("state"), default=State.QUEUED, choices=State.choices)
    written_at = models.DateTimeField(_("written at"))
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    retry_at = models.DateTimeField(
        _("not before"), null=True, blank=True, help_text=_("When it is tried next.")
    )
    dispatched_at = models.DateTimeField(_("dispatched at"), null=True, blank=True)
    received_at = models.DateTimeField(_("counts as received at"), null=True, blank=True)
    evidence = models.JSONField(
        _("evidence"),
        default=dict,
        blank=True,
        help_text=_("Message ID and the mail server’s answer, or the print batch."),
    )
    failure = models.TextField(_("reason of failure"), blank=True)
    follows = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="followed_by",
        verbose_name=_("follows the notice"),
        help_text=_("The notice that could not be delivered and that this one repeats by a second channel."),
    )

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["recipient_type", "recipient_id", "-id"], name="notice_of_recipient"),
            models.Index(fields=["about_type", "about_id", "occasion"], name="notice_about"),
            models.Index(fields=["channel", "id"], name="notice_queued", condition=models.Q(state="queued")),
            models.Index(fields=["id"], name="notice_failed", condition=models.Q(state="failed")),
        ]
        triggers = [
            pgtrigger.Protect(name="no_delete", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="dispatched_is_final",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__dispatched_at__isnull=False)
                & (changed(*_FINAL) | pgtrigger.Q(new__state__in=["queued", "failed"])),
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    def get_occasion_display(self) -> str:
        """The name of the occasion, in the language of the reader."""
        known = OCCASIONS.get(self.occasion)
        return str(known.label) if known else self.occasion

    @property
    def article_ref(self) -> ArticleRef:
        """The article that it rests on."""
        return ArticleRef.parse(self.article)

    def count_attempt(self, *, at: datetime) -> None:
        """An attempt begins at ``at``; set when the next may follow. Saved before the mail server is called."""
        self.retry_at = at + RETRY_AFTER[min(self.attempts, len(RETRY_AFTER) - 1)]
        self.attempts += 1

    def give_back(self) -> None:
        """The attempt counted last was not made after all."""
        self.attempts -= 1
        self.retry_at = None

    @transition(field=state, source=State.QUEUED, target=State.DISPATCHED)
    def dispatch(self, *, at: datetime, evidence: dict[str, Any]) -> None:
        """It left the house at ``at``; ``evidence`` is what proves it."""
        self.dispatched_at = at
        self.evidence = evidence
        self.retry_at = None
        self.failure = ""

    @transition(field=state, source=State.DISPATCHED, target=State.RECEIVED)
    def receive(self, *, at: datetime) -> None:
        """The recipient opened or confirmed it."""
        self.received_at = at

    @transition(field=state, source=State.DISPATCHED, target=State.DEEMED_RECEIVED)
    def deem_received(self) -> None:
        """It counts as received when it was dispatched, because the document says so."""
        self.received_at = self.dispatched_at

    @transition(field=state, source=State.QUEUED, target=State.FAILED)
    def fail(self, *, reason: str) -> None:
        """It could not be delivered, for good or after the last attempt."""
        self.failure = reason
        self.retry_at = None

    @transition(field=state, source=State.FAILED, target=State.QUEUED, permission="notices.change_notice")
    def requeue(self, *, channel: str, address: str) -> None:
        """Try again from the start, perhaps by another way."""
        self.channel = channel
        self.address = address
        self.attempts = 0
        self.retry_at = None
