"""A posting on the public page: changes of terms, interruptions, discontinuations."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from workflow.triggers import changed

_FINAL = ("category", "title", "body", "article", "posted_from")


class Posting(models.Model):
    """A text shown to everybody from ``posted_from``. What was posted is never edited, only followed by another."""

    class Category(models.TextChoices):
        TERMS = "terms", _("change of terms")
        INTERRUPTION = "interruption", _("interruption of service")
        RESTRICTION = "restriction", _("restriction of use")
        DISCONTINUATION = "discontinuation", _("discontinuation of a service")
        OTHER = "other", _("other")

    category = models.CharField(_("category"), max_length=20, choices=Category)
    title = models.CharField(_("title"), max_length=200)
    body = models.TextField(_("text"))
    article = models.CharField(_("article"), max_length=80)
    posted_from = models.DateTimeField(_("posted from"))
    posted_until = models.DateTimeField(_("posted until"), null=True, blank=True)

    class Meta:
        verbose_name = _("posting")
        verbose_name_plural = _("postings")
        ordering = ["-posted_from", "-id"]
        constraints = [
            models.CheckConstraint(
                name="posting_ends_after_start",
                condition=Q(posted_until__isnull=True) | Q(posted_until__gt=F("posted_from")),
                violation_error_message=_("A posting must end after it starts."),
                violation_error_code="ends_after_start",
            )
        ]
        triggers = [
            pgtrigger.Protect(name="no_delete", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="text_is_final",
                operation=pgtrigger.Update,
                condition=changed(*_FINAL),
            ),
        ]

    def __str__(self) -> str:
        return self.title
