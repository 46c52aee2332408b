"""Where the API and its manual are, as contractors are told."""

from urllib.parse import urljoin

from django.conf import settings
from django.urls import reverse


def api_address() -> str:
    """The address that every path of the API begins with."""
    return _absolute(reverse("lineinfo-api:v1-root"))


def manual_address() -> str:
    """The human page that documents the API."""
    return _absolute(reverse("lineinfo-api:docs"))


def _absolute(path: str) -> str:
    """With the setting PUBLIC_ADDRESS (such as https://api.example.jp) a whole address, without it a path on this server."""
    return urljoin(str(getattr(settings, "PUBLIC_ADDRESS", "")), path)
