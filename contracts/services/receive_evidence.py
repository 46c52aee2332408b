"""Put a paper to a request."""

from datetime import date
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from contracts.models import Evidence, Request
from contracts.papers import content_type_of, fingerprint, terms_of
from workflow.errors import WrongState
from workflow.models import User

_CLOSED = {Request.State.DRAFT, Request.State.REFUSED, Request.State.WITHDRAWN}


def receive_evidence(
    *,
    request: Request,
    by: User,
    on: date,
    code: str = "",
    title: str = "",
    file_name: str = "",
    content: bytes | None = None,
) -> Evidence:
    """The paper as received on ``on``. ``code``: that of the document's list, or empty for another one, which needs a ``title``.

    ``content``: the copy (PDF, PNG or JPEG); None where the paper was seen and no copy is kept. ValidationError names
    what is wrong ("code", "title", "file"); WrongState once the request was refused or withdrawn.
    """
    if request.state in _CLOSED:
        raise WrongState(
            _("%(request)s is “%(state)s”; no paper can be added.")
            % {"request": request, "state": request.get_state_display()}
        )
    terms = terms_of(request)
    named = next((paper for paper in terms.evidence if paper.code == code), None) if terms and code else None
    if code and named is None:
        raise ValidationError({"code": _("“%(code)s” is no paper of this kind of request.") % {"code": code}})
    title = named.label if named else title.strip()
    if not title:
        raise ValidationError({"title": _("Say what paper it is.")})
    digest = content_type = ""
    if content is not None:
        try:
            content_type = content_type_of(content)
        except ValidationError as error:
            raise ValidationError({"file": error.messages}) from error
        digest = fingerprint(content)
    with transaction.atomic():
        Request.objects.select_for_update().get(pk=request.pk)
        if digest and request.evidence.filter(sha256=digest, code=code).exists():
            raise ValidationError({"file": _("This very file is there already.")})
        return Evidence.objects.create(
            request=request,
            code=code,
            title=title[:200],
            file_name=PurePath(file_name.replace("\\", "/")).name[-200:] if content is not None else "",
            content_type=content_type,
            content=content,
            sha256=digest,
            seen_on=on,
            recorded_by=by,
        )
