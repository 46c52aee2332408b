"""The chain of certificates: each digest covers the certificate and the digest before it."""

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime

from django.utils.translation import gettext as _

from contracts.models import PurgeCertificate, RetentionPeriod
from contracts.retention.category import Category, Erased, Piece
from workflow.models import User

FIRST = "0" * 64
"""Stands before the first one."""

_SEALED = ("category", "what", "count", "kept_days", "article", "held_back", "erased_by_id", "before")


def certify(
    piece: Piece, erased: Erased, *, category: Category, period: RetentionPeriod, by: User, at: datetime
) -> PurgeCertificate:
    """Write down what was erased, in the transaction that erased it.

    Two who do so at once cannot both follow the same certificate: the second one's transaction fails, and its data stay.
    """
    last = PurgeCertificate.objects.order_by("-id").first()
    certificate = PurgeCertificate(
        category=category.code,
        what=piece.what,
        count=erased.count,
        until=piece.until,
        kept_days=period.days,
        article=str(category.article),
        held_back=erased.held_back,
        erased_at=at,
        erased_by=by,
        before=last.digest if last else FIRST,
    )
    certificate.digest = digest_of(certificate)
    certificate.save()
    return certificate


def digest_of(certificate: PurgeCertificate) -> str:
    """SHA-256 of what the certificate says, in hexadecimal."""
    said = {name: getattr(certificate, name) for name in _SEALED}
    said["until"] = certificate.until.isoformat()
    said["erased_at"] = certificate.erased_at.astimezone(UTC).isoformat()
    return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def broken_certificates() -> Iterator[str]:
    """What is wrong with the chain, in its order: altered, or not following the one before. Nothing where all is well."""
    before = FIRST
    for certificate in PurgeCertificate.objects.order_by("id").iterator(chunk_size=1000):
        if certificate.before != before:
            yield _("Certificate %(number)s does not follow the one before it.") % {"number": certificate.pk}
        if certificate.digest != digest_of(certificate):
            yield _("Certificate %(number)s was altered.") % {"number": certificate.pk}
        before = certificate.digest
