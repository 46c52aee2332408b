"""How long credentials work and how often they may call. No document sets these; each can be set in Django's settings."""

from datetime import timedelta

from django.conf import settings


def credential_lifetime() -> timedelta:
    """How long a new credential works. Setting LINEINFO_CREDENTIAL_DAYS."""
    return timedelta(days=getattr(settings, "LINEINFO_CREDENTIAL_DAYS", 365))


def rotation_overlap() -> timedelta:
    """How long a replaced credential goes on working beside its successor. Setting LINEINFO_ROTATION_OVERLAP_HOURS."""
    return timedelta(hours=getattr(settings, "LINEINFO_ROTATION_OVERLAP_HOURS", 7 * 24))


def answers_kept() -> timedelta:
    """How long the answer to a writing call is kept for one sent again. Setting LINEINFO_ANSWER_HOURS."""
    return timedelta(hours=getattr(settings, "LINEINFO_ANSWER_HOURS", 24))


def largest_delivery() -> int:
    """How many bytes one delivery by HTTP may have, unpacked. Setting LINEINFO_DELIVERY_BYTES."""
    return int(getattr(settings, "LINEINFO_DELIVERY_BYTES", 20_000_000))


def calls_per_minute() -> int:
    """How many calls one credential may make in a clock minute. Setting LINEINFO_CALLS_PER_MINUTE."""
    return int(getattr(settings, "LINEINFO_CALLS_PER_MINUTE", 300))
