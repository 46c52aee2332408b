"""The record of every change of state: from, to, by whom, when, why, and on which article."""

import pgtrigger
from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _


class StateChange(models.Model):
    """One transition of one object. Append-only: the database itself refuses edits."""

    subject_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, verbose_name=_("kind of object"))
    subject_id = models.BigIntegerField(_("object"))
    subject = GenericForeignKey("subject_type", "subject_id")
    transition = models.CharField(_("transition"), max_length=40)
    source = models.CharField(_("from state"), max_length=40)
    target = models.CharField(_("to state"), max_length=40)
    on = models.DateField(_("effective on"), help_text=_("The legal date, in Japan time."))
    at = models.DateTimeField(_("recorded at"), auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, verbose_name=_("by"))
    reason = models.TextField(_("reason"), blank=True)
    article = models.CharField(
        _("article"),
        max_length=80,
        blank=True,
        help_text=_("Pack code and article number, such as “isp-access 23-1”."),
    )

    class Meta:
        verbose_name = _("state change")
        verbose_name_plural = _("state changes")
        ordering = ["id"]
        indexes = [models.Index(fields=["subject_type", "subject_id", "id"], name="state_change_of_subject")]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.source} → {self.target} ({self.on})"
