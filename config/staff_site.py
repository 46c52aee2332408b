"""The staff site: unfold's, with today's work in front and the documents to read beside it."""

from typing import Any

from allauth.account.decorators import secure_admin_login
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from unfold.sites import UnfoldAdminSite

from config.find import find
from config.today import sections_for
from workflow.staff import article_pages


class StaffSite(UnfoldAdminSite):  # type: ignore[misc]  # unfold carries no types
    """Signing in goes the way of everybody else (second factor, rate limits)."""

    index_template = "admin/staff/today.html"
    index_title = _("Today")

    def get_urls(self) -> list[URLPattern]:
        def find_view(request: HttpRequest) -> HttpResponse:
            return find(self, request)

        return [
            path("find/", self.admin_view(find_view), name="find"),
            *article_pages.urls(self),
            *super().get_urls(),
        ]

    @method_decorator(secure_admin_login)
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return super().login(request, extra_context)  # type: ignore[no-any-return]  # unfold carries no types

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        context = {"today": sections_for(request), **(extra_context or {})}
        return super().index(request, context)  # type: ignore[no-any-return]  # unfold carries no types
