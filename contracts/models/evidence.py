"""The papers that came with a request: proofs, certificates, signed forms."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Evidence(models.Model):
    """One paper. ``code`` is that of the document's list of evidence, or empty for what the subscriber added.

    The copy itself is kept in the database, so that it is backed up and erased with everything else.
    """

    request = models.ForeignKey(
        "contracts.Request", on_delete=models.PROTECT, related_name="evidence", verbose_name=_("request")
    )
    code = models.CharField(_("paper"), max_length=40, blank=True)
    title = models.CharField(_("title"), max_length=200)
    file_name = models.CharField(_("file name"), max_length=200, blank=True)
    content_type = models.CharField(_("content type"), max_length=100, blank=True)
    content = models.BinaryField(_("copy"), null=True, blank=True, editable=False)
    sha256 = models.CharField(_("fingerprint"), max_length=64, blank=True)
    seen_on = models.DateField(_("seen on"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("recorded by")
    )

    class Meta:
        verbose_name = _("evidence document")
        verbose_name_plural = _("evidence documents")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.title
