"""The documentation: the OpenAPI document, a page to read and try it, and a page of the problems."""

from typing import Any

from django.views.generic import TemplateView
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerView
from rest_framework.permissions import AllowAny

from lineinfo.api.problems import KINDS
from lineinfo.api.schema import SETTINGS


@extend_schema(exclude=True)
class SchemaView(SpectacularAPIView):
    """The OpenAPI 3.1 document, in YAML or (?format=json) JSON, in the reader's language (?lang=en)."""

    authentication_classes: list[Any] = []
    permission_classes = [AllowAny]
    custom_settings = SETTINGS


class DocsView(SpectacularSwaggerView):
    """The document as a page, from our own server alone."""

    authentication_classes: list[Any] = []
    permission_classes = [AllowAny]
    url_name = "lineinfo-api:schema"
    title = "API"


class ProblemsView(TemplateView):
    """Every code that a refusal can have, and what the caller can do about it."""

    template_name = "lineinfo/problems.html"
    extra_context = {"kinds": list(KINDS.values())}
