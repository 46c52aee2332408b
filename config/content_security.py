"""What a page may load: strict for everybody's pages, wider where a package's own pages need it."""

from typing import Any

from csp.constants import SELF, UNSAFE_EVAL, UNSAFE_INLINE
from csp.middleware import CSPMiddleware, PolicyParts
from django.http import HttpRequest, HttpResponseBase

# The admin's pages (unfold with Alpine.js) and the API's own documentation write scripts and styles into the page.
_WIDER_PATHS = ("/staff/", "/mail/", "/api/")
_WIDER: dict[str, Any] = {
    "script-src": [SELF, UNSAFE_INLINE, UNSAFE_EVAL],
    "style-src": [SELF, UNSAFE_INLINE],
}


class ContentSecurityMiddleware(CSPMiddleware):
    """Sends Content-Security-Policy as settings say, with the wider one for staff pages and API documentation."""

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if request.path.startswith(_WIDER_PATHS):
            parts.replace = {**_WIDER, **(parts.replace or {})}
            # Browsers ignore 'unsafe-inline' beside a nonce.
            parts.nonce = None
        return parts
