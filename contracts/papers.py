"""The papers that go with a request: which are wanted, which are missing, what a copy may be, and how it is handed out."""

from datetime import date
from hashlib import sha256
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpResponse
from django.utils.functional import lazy
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from contracts.guards.request import missing_evidence
from contracts.kinds import KINDS, kind_of
from contracts.models import Evidence, Request
from contracts.moments import japan_date
from terms.document import EvidenceTerms, RequestTerms
from terms.errors import TermsError
from terms.registry import pack_for, registry

LARGEST = 5 * 1024 * 1024
"""The largest copy, in bytes."""

_TYPES = {
    b"%PDF-": ("application/pdf", ".pdf"),
    b"\x89PNG\r\n\x1a\n": ("image/png", ".png"),
    b"\xff\xd8\xff": ("image/jpeg", ".jpg"),
}
ACCEPT = ".pdf,.png,.jpg,.jpeg"

STILL_WANTED = [Request.State.RECEIVED, Request.State.IN_REVIEW, Request.State.DEFERRED]
"""The states in which the answer may wait for a paper."""


def content_type_of(content: bytes) -> str:
    """What a copy is, by its first bytes. ValidationError for one that is empty, too large, or of another kind."""
    if not content:
        raise ValidationError(_("The file is empty."))
    if len(content) > LARGEST:
        raise ValidationError(too_large(len(content)))
    for beginning, (name, _suffix) in _TYPES.items():
        if content.startswith(beginning):
            return name
    raise ValidationError(_("Send a PDF, PNG or JPEG file."))


def too_large(size: int) -> str:
    """What is said of a copy of that many bytes."""
    return _("The file has %(size)s MB; send one of at most %(most)s MB.") % {
        "size": f"{size / 1024 / 1024:.1f}",
        "most": LARGEST // 1024 // 1024,
    }


def fingerprint(content: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return sha256(content).hexdigest()


def copy_help() -> str:
    """What a copy may be."""
    return _("PDF, PNG or JPEG, at most %(most)s MB.") % {"most": LARGEST // 1024 // 1024}


_copy_help = lazy(copy_help, str)()


class PaperField(forms.FileField):
    """A copy of a paper: its size is looked at before it is read. Its value is an uploaded file that can be read.

    ``article``: on which the paper is asked for.
    """

    widget = forms.FileInput

    def __init__(self, *, article: str = "", **kwargs: Any) -> None:
        super().__init__(**{"help_text": _copy_help, "allow_empty_file": True, **kwargs})
        self.article = article

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"accept": ACCEPT}

    def clean(self, data: Any, initial: Any = None) -> Any:
        found = super().clean(data, initial)
        if found:
            if found.size > LARGEST:
                raise ValidationError(too_large(found.size))
            content_type_of(found.read())
            found.seek(0)
        return found


def paper_name(paper: EvidenceTerms) -> str:
    """What the paper is called in the language of the reader."""
    return paper.label if get_language() == "ja" else paper.label_en


def terms_of(request: Request) -> RequestTerms | None:
    """What the document says of requests of this kind, in the version of the day of receipt."""
    assert request.received_at is not None
    pack = pack_for(request.terms_code, japan_date(request.received_at), earliest=True)
    return kind_of(request.kind).terms(pack)


def missing_papers(request: Request) -> list[EvidenceTerms]:
    """The papers without which the answer cannot be yes and that are not there; none once it is answered."""
    if request.state not in STILL_WANTED:
        return []
    return missing_evidence(terms_of(request), set(request.evidence.values_list("code", flat=True)))


def takes_papers(request: Request) -> bool:
    """Whether a paper can still be of use: before the request is done, and after it where the document names papers."""
    if request.state == Request.State.CARRIED_OUT:
        terms = terms_of(request)
        return terms is not None and bool(terms.evidence)
    return request.state in [*STILL_WANTED, Request.State.ACCEPTED]


def lacking_papers(on: date) -> QuerySet[Request]:
    """The open requests that lack a paper which their document, in the version of ``on``, asks for."""
    wanted: Any = Q(pk__in=[])
    for code in registry().codes():
        try:
            pack = pack_for(code, on, earliest=True)
        except TermsError:
            continue
        for kind, asked in KINDS.items():
            terms = asked.terms(pack)
            for paper in missing_evidence(terms, ()):
                stand_ins = (
                    [each.code for each in terms.evidence if each.instead_of == paper.code] if terms else []
                )
                there = Evidence.objects.filter(request=OuterRef("pk"), code__in=[paper.code, *stand_ins])
                wanted |= Q(terms_code=code, kind=kind) & ~Exists(there)
    return Request.objects.filter(wanted, state__in=STILL_WANTED)


def download(evidence: Evidence) -> HttpResponse:
    """The copy as a file to be kept, never to be shown by the browser as a page of ours."""
    content = bytes(evidence.content or b"")
    response = HttpResponse(content, content_type=evidence.content_type)
    response["Content-Disposition"] = content_disposition_header(True, evidence.file_name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, no-store"
    return response


def title_of(evidence: Evidence, terms: RequestTerms | None) -> str:
    """What a paper on file is called: as the document names it, or as whoever added it did."""
    named = next((paper for paper in terms.evidence if paper.code == evidence.code), None) if terms else None
    return paper_name(named) if named else evidence.title
