"""A moment in a query: RFC 3339 with its offset."""

import re
from datetime import UTC, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

_RFC3339 = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d{1,6})?([Zz]|[+-]\d\d:\d\d)")


class Moment(serializers.DateTimeField):
    """Takes only a date-time with its offset: a time without one would be read differently by different people."""

    default_error_messages = {
        "moment": _(
            "Write a date-time with its offset, such as 2025-10-01T00:00:00+09:00 (“+” is %2B in an address)."
        )
    }

    def to_internal_value(self, value: Any) -> datetime:
        text = str(value)
        if not _RFC3339.fullmatch(text):
            self.fail("moment")
        try:
            return datetime.fromisoformat(text.upper()).astimezone(UTC)
        except (ValueError, OverflowError):
            self.fail("moment")
