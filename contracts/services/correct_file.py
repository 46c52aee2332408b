"""Take over the corrected file of a published version."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from contracts.models import FileCorrection, TermsVersion
from contracts.pack_files import digest
from contracts.services.publish_terms import check_examples
from terms.pack import Pack
from workflow.errors import NotPermitted
from workflow.models import User

_NEEDED = "contracts.add_termsversion"


def correct_file(*, pack: Pack, reason: str, by: User, at: datetime) -> FileCorrection | None:
    """Let the file of ``pack`` stand for its published version, as ``reason`` says; None where it stands already.

    For a file that did not carry out what the document says, as a release of this system may bring it. What a change of the document
    itself needs is a new version (publish_terms). ValidationError without a reason; Refused where its worked examples do not all
    pass; NotPermitted for staff who may not publish. TermsVersion.DoesNotExist where the version is not published.
    """
    version = TermsVersion.objects.get(terms_code=pack.code, effective=pack.effective)
    if version.file_digest == digest(pack):
        return None
    if not (by.is_system or by.has_perm(_NEEDED)):
        raise NotPermitted(_("%(user)s may not publish terms.") % {"user": by})
    if not reason.strip():
        raise ValidationError({"reason": _("Say why the file was corrected.")})
    check_examples(pack, some=not version.in_force_before)
    return FileCorrection.objects.create(version=version, digest=digest(pack), reason=reason, by=by, at=at)
