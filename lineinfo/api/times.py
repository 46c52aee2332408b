"""How answers write a moment."""

from datetime import datetime

from terms.calendar import JAPAN


def written(moment: datetime | None) -> str | None:
    """RFC 3339 on the Japanese clock, such as 2025-10-01T09:00:00+09:00."""
    return moment.astimezone(JAPAN).isoformat() if moment else None
