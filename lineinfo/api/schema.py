"""The OpenAPI document: how credentials are sent, and what stands at its head."""

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension

from lineinfo.api.texts import API

# Besides SPECTACULAR_SETTINGS: what is told in the reader's language.
SETTINGS: dict[str, Any] = {"TITLE": API.summary, "DESCRIPTION": API.description}


class Bearer(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # drf-spectacular registers it untyped
    """The bearer credential, as OpenAPI calls it."""

    target_class = "lineinfo.api.authentication.BearerAuthentication"
    name = "credential"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer"}


class SystemBearer(Bearer):  # type: ignore[no-untyped-call]  # as above
    """The credential of a system of the operator's own, sent in the same way."""

    target_class = "lineinfo.api.authentication.SystemAuthentication"
    name = "system"
