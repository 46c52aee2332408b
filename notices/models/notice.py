"""A notice to one recipient: what was said, to which address, when it left and when it counts as received."""

import pgtrigger
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from workflow.models import Machine


class Notice(Machine):
    """One notice, written in the transaction that it announces and sent afterwards by a worker."""

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
    about_type = models.ForeignKey(
        ContentType, on_delete=models.PROTECT, related_name="+", verbose_name=_("kind of subject")
    )
    about_id = models.BigIntegerField(_("subject"))
    about = GenericForeignKey("about_type", "about_id")
    article = models.CharField(_("article"), max_length=80, blank=True)
    channel = models.CharField(_("channel"), max_length=10, choices=Channel)
    address = models.TextField(_("address"))
    subject = models.CharField(_("title"), max_length=200)
    body = models.TextField(_("text"))
    facts = models.JSONField(
        _("facts"), default=dict, blank=True, help_text=_("What the text states: reason, dates, amounts.")
    )
    state = FSMField(_("state"), default=State.QUEUED, choices=State.choices, protected=True)
    written_at = models.DateTimeField(_("written at"))
    dispatched_at = models.DateTimeField(_("dispatched at"), null=True, blank=True)
    received_at = models.DateTimeField(_("counts as received at"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    evidence = models.JSONField(
        _("evidence"), default=dict, blank=True, help_text=_("Message ID and the mail server's answer, or the print batch.")
    )
    failure = models.TextField(_("reason of failure"), blank=True)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["recipient_type", "recipient_id", "-id"], name="notice_of_recipient"),
            models.Index(fields=["about_type", "about_id", "occasion"], name="notice_about"),
            models.Index(fields=["id"], name="notice_queued", condition=models.Q(state="queued")),
        ]
        triggers = [
            pgtrigger.Protect(name="no_delete", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="dispatched_is_final",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__dispatched_at__isnull=False)
                & (
                    pgtrigger.Q(old__subject__df=pgtrigger.F("new__subject"))
                    | pgtrigger.Q(old__body__df=pgtrigger.F("new__body"))
                    | pgtrigger.Q(old__address__df=pgtrigger.F("new__address"))
                    | pgtrigger.Q(old__channel__df=pgtrigger.F("new__channel"))
                    | pgtrigger.Q(old__occasion__df=pgtrigger.F("new__occasion"))
                    | pgtrigger.Q(old__article__df=pgtrigger.F("new__article"))
                    | pgtrigger.Q(old__dispatched_at__df=pgtrigger.F("new__dispatched_at"))
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    @transition(field=state, source=[State.QUEUED, State.FAILED], target=State.DISPATCHED)
    def dispatch(self, *, at, evidence: dict) -> None:
        """It left the house at ``at``; ``evidence`` is what proves it."""
        self.dispatched_at = at
        self.evidence = evidence
        self.attempts += 1
        self.failure = ""

    @transition(field=state, source=State.DISPATCHED, target=State.RECEIVED)
    def receive(self, *, at) -> None:
        """The recipient opened or confirmed it."""
        self.received_at = at

    @transition(field=state, source=State.DISPATCHED, target=State.DEEMED_RECEIVED)
    def deem_received(self, *, at) -> None:
        """It counts as received at ``at`` because the document or the law says so."""
        self.received_at = at

    @transition(field=state, source=State.QUEUED, target=State.FAILED)
    def fail(self, *, why: str) -> None:
        """It could not be delivered after the last attempt."""
        self.failure = why
