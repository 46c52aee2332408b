"""The OpenAPI document: how credentials are sent, and what drf-spectacular must know of version 1."""

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension

from lineinfo.api.texts import API

SETTINGS: dict[str, Any] = {
    "TITLE": API.summary,
    "DESCRIPTION": API.description,
    "VERSION": "1",
    "OAS_VERSION": "3.1.1",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "ENUM_NAME_OVERRIDES": {
        "ContractState": "contracts.models.Contract.State",
        "LineState": "lineinfo.models.LineStatus.State",
        "WorkState": "contracts.models.Work.State",
        "WorkKind": "contracts.models.Work.Kind",
        "EventKind": "lineinfo.api.shapes.EVENT_KINDS",
        "Resolution": "lineinfo.api.shapes.RESOLUTIONS",
        "CredentialState": "lineinfo.api.shapes.WORKING",
        "OutageCause": "contracts.models.Outage.Cause",
    },
}


class Bearer(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # drf-spectacular registers it untyped
    """The bearer credential, as OpenAPI calls it."""

    target_class = "lineinfo.api.authentication.BearerAuthentication"
    name = "credential"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer"}
