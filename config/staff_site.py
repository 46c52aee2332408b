"""The staff site: unfold's, with today's work in front and the documents to read beside it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.decorators import secure_admin_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.decorators import method_decorator
from django.utils.functional import Promise
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

    def admin_view(
        self, view: Callable[..., HttpResponse], cacheable: bool = False
    ) -> Callable[..., HttpResponse]:
        """What is not there, or not theirs to do, is said to staff in the frame of their own pages."""

        @wraps(view)
        def framed(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            try:
                return view(request, *args, **kwargs)
            except Http404:
                says = _("The address may be mistyped, or what stood here is gone.")
                return self._wrong(request, 404, _("This page does not exist"), says)
            except PermissionDenied:
                says = _("None of your roles has the right to what you asked for.")
                return self._wrong(request, 403, _("You may not do this"), says)

        guarded: Callable[..., HttpResponse] = super().admin_view(framed, cacheable)
        return guarded

    def _wrong(self, request: HttpRequest, status: int, title: Promise, says: Promise) -> TemplateResponse:
        context = {**self.each_context(request), "title": title, "says": says}
        return TemplateResponse(request, "admin/staff/wrong.html", context, status=status)

    @method_decorator(secure_admin_login)
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return super().login(request, extra_context)  # type: ignore[no-any-return]  # unfold carries no types

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        context = {"today": sections_for(request), **(extra_context or {})}
        return super().index(request, context)  # type: ignore[no-any-return]  # unfold carries no types
