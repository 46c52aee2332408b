"""Tell every subscriber concerned that the terms change, where the document asks for more than a posting."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.contrib.contenttypes.models import ContentType

from contracts.models import Contract, TermsVersion
from contracts.models.contract import LIVE_STATES
from contracts.selectors import one_of_each_subscriber
from notices.models import Notice
from notices.services.send_notice import send_notices, write_notice

CHUNK = 1000


def tell_terms_change(*, version: TermsVersion, at: datetime, changes: Sequence[str]) -> int:
    """A notice at ``at`` to the subscriber of every live contract under an earlier version; returns how many were written.

    ``changes``: what changes, in Japanese, a sentence each. Only under a document that asks for a notice to each
    (``terms_notice.reasonable_period``, such as isp-access 2-3); elsewhere the posting is enough and 0 is returned. Who
    was told already is not told again.
    """
    pack = version.pack
    table = pack.terms_notice
    if table is None or not table.reasonable_period:
        return 0
    facts = {"terms": pack.title, "effective": version.effective, "changes": list(changes)}
    if table.objection and not version.beneficial:
        facts["objection_by"] = version.effective
    written = 0
    for chunk in _chunks(version):
        written += send_notices(
            write_notice(
                occasion="terms_changed",
                recipient=contract.subscriber,
                about=version,
                article=table.article,
                facts=facts,
                at=at,
            )
            for contract in chunk
        )
    return written


def _chunks(version: TermsVersion) -> Iterator[list[Contract]]:
    """The contracts concerned, one for each subscriber, in order, a chunk at a time."""
    told = Notice.objects.filter(
        about_type=ContentType.objects.get_for_model(TermsVersion),
        about_id=version.pk,
        occasion="terms_changed",
    )
    concerned = Contract.objects.filter(
        terms_code=version.terms_code, state__in=LIVE_STATES, formed_on__lt=version.effective
    )
    for chunk in one_of_each_subscriber(concerned, size=CHUNK):
        first, last = chunk[0].subscriber_id, chunk[-1].subscriber_id
        known = set(
            told.filter(recipient_id__gte=first, recipient_id__lte=last).values_list(
                "recipient_id", flat=True
            )
        )
        yield [contract for contract in chunk if contract.subscriber_id not in known]
