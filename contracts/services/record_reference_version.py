"""Keep which version of another document applies beside, below or above one of ours."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from contracts.models import ReferenceVersion
from terms.pack import Pack
from workflow.models import User


def record_reference_version(
    *, pack: Pack, reference: str, effective: date, title: str, kept_at: str, by: User
) -> ReferenceVersion:
    """From ``effective`` on, the document to which ``pack`` refers as ``reference`` applies in this version (hikari-phone 2, 3-2).

    Its change is the other party's, so no notice or consent of ours is asked. ValidationError for a document to which the pack
    does not refer, and for a second version of one day.
    """
    if reference not in {each.code for each in pack.references}:
        raise ValidationError({"reference": _("This document does not refer to it.")})
    made = ReferenceVersion(
        terms_code=pack.code,
        reference=reference,
        effective=effective,
        title=title.strip(),
        kept_at=kept_at.strip(),
        recorded_by=by,
    )
    made.full_clean()
    made.save()
    return made
