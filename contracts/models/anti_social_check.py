"""A check that a subscriber is no anti-social force (反社会的勢力)."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class AntiSocialCheck(models.Model):
    """When it was checked, by which method, what was found, and by whom (暴力団排除条例). Append-only."""

    class Method(models.TextChoices):
        DATABASE = "database", _("commercial database")
        NEWS = "news", _("newspapers and public sources")
        ASSOCIATION = "association", _("centre for the removal of criminal organisations")
        POLICE = "police", _("police")
        STATEMENT = "statement", _("the subscriber’s own statement")

    class Result(models.TextChoices):
        CLEAR = "clear", _("nothing found")
        UNCLEAR = "unclear", _("to be looked into")
        FOUND = "found", _("found")

    subscriber = models.ForeignKey(
        "contracts.Subscriber",
        on_delete=models.PROTECT,
        related_name="anti_social_checks",
        verbose_name=_("subscriber"),
    )
    checked_on = models.DateField(_("checked on"))
    method = models.CharField(_("how it was checked"), max_length=12, choices=Method)
    result = models.CharField(_("result"), max_length=8, choices=Result)
    note = models.TextField(_("note"), blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("checked by")
    )

    class Meta:
        verbose_name = _("anti-social check")
        verbose_name_plural = _("anti-social checks")
        ordering = ["-id"]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.subscriber} {self.checked_on}"
