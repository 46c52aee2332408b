"""Which language a page speaks: Japanese until somebody switches, whatever their browser prefers."""

from django.http import HttpRequest
from django.middleware.locale import LocaleMiddleware


class LanguageMiddleware(LocaleMiddleware):
    """As Django's, but for pages the cookie of the switch alone decides; a program that calls the API says it by its header."""

    def process_request(self, request: HttpRequest) -> None:
        """Set the language of this request."""
        if not request.path_info.startswith("/api/"):
            request.META.pop("HTTP_ACCEPT_LANGUAGE", None)
        super().process_request(request)
