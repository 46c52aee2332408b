"""Reads of consents and of checks: what stands, what is missing."""

from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet

from contracts.guards.consent import clause_of, given_with_contract
from contracts.models import AntiSocialCheck, Consent, Contract, Subscriber
from terms.calendar import JAPAN
from terms.consent import Consent as Clause
from terms.errors import TermsError
from terms.registry import pack_version, statute

ELECTRONIC_DOCUMENT = "electronic_contract_document"
"""The consent to receive the contract document electronically (電気通信事業法26の2)."""

COMBINED_BILLING = "combined_later_payment"
"""The consent to pay two or more months at once (hikari-line 通則6)."""


def standing_consents(contract: Contract, *, on: date | None = None) -> QuerySet[Consent]:
    """The consents of the contract's subscriber that stand for it at the end of ``on`` (now, where it is left out)."""
    found = Consent.objects.filter(subscriber_id=contract.subscriber_id).filter(
        Q(contract=contract) | Q(contract__isnull=True)
    )
    if on is None:
        return found.filter(withdrawn_at__isnull=True)
    end = datetime.combine(on + timedelta(days=1), time(), tzinfo=JAPAN)
    return found.filter(given_at__lt=end).filter(Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=end))


def clause_behind(consent: Consent) -> Clause | None:
    """The document's words on what was agreed to, in the version under which it was given; None where they are there no more."""
    try:
        pack = pack_version(consent.terms_code, consent.effective)
    except TermsError:
        return None
    found = clause_of(pack, statute(consent.effective, earliest=True), consent.code)
    return found[1] if found else None


def consents_of(subscriber: Subscriber) -> QuerySet[Consent]:
    """Every consent of the subscriber, standing or withdrawn, the latest first."""
    return Consent.objects.filter(subscriber=subscriber).select_related("contract").order_by("-id")


def consent_for(contract: Contract, code: str, *, on: date | None = None) -> Consent | None:
    """The standing consent of that code, or None: what billing asks before it bills two months together (通則6)."""
    return standing_consents(contract, on=on).filter(code=code).order_by("id").last()


def missing_consents(contract: Contract, on: date) -> list[Clause]:
    """The consents that go with the contract under its version of ``on`` and are not on record."""
    given = set(standing_consents(contract, on=on).values_list("code", flat=True))
    return [clause for clause in given_with_contract(contract.pack(on)) if clause.code not in given]


def latest_check(subscriber: Subscriber) -> AntiSocialCheck | None:
    """The last check for anti-social forces, or None where nobody has looked yet."""
    return subscriber.anti_social_checks.order_by("checked_on", "id").last()
