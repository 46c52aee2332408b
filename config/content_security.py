"""What a page may load: strict for everybody's pages, wider where a package's own pages need it."""

from typing import Any

from csp.constants import SELF, UNSAFE_EVAL, UNSAFE_INLINE
from csp.middleware import CSPMiddleware, PolicyParts
from django.http import HttpRequest, HttpResponseBase

# By the beginning of their address. The admin's pages (unfold) write styles into the page, and Alpine.js reads its
# attributes with eval; they write no script into it. The API's own documentation does.
_WIDER: dict[tuple[str, ...], dict[str, Any]] = {
    ("/staff/", "/mail/"): {"script-src": [SELF, UNSAFE_EVAL], "style-src": [SELF, UNSAFE_INLINE]},
    ("/api/",): {"script-src": [SELF, UNSAFE_INLINE, UNSAFE_EVAL], "style-src": [SELF, UNSAFE_INLINE]},
}


class ContentSecurityMiddleware(CSPMiddleware):
    """Sends Content-Security-Policy as settings say, with the wider one for staff pages and API documentation."""

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        for paths, wider in _WIDER.items():
            if request.path.startswith(paths):
                parts.replace = {**wider, **(parts.replace or {})}
                # Browsers ignore 'unsafe-inline' beside a nonce.
                parts.nonce = None
        return parts
