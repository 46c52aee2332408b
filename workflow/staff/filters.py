"""Filters beside lists, with choices that are known without asking a table of a million rows."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from terms.registry import registry


class OnlyFilter(admin.SimpleListFilter):
    """Everything, or only what one choice names: ``choice`` is its title, ``word`` stands for it in the address."""

    word = "yes"
    choice: Any

    def only(self, request: HttpRequest, rows: QuerySet[Any]) -> QuerySet[Any]:
        """The rows that the choice names."""
        raise NotImplementedError

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, str]]:
        return [(self.word, str(self.choice))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return self.only(request, queryset) if self.value() == self.word else queryset


class DocumentFilter(admin.SimpleListFilter):
    """By document: rows with a ``terms_code``."""

    title = _("terms")
    parameter_name = "terms_code"

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, str]]:
        return [(code, registry().latest(code).title) for code in registry().codes()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(terms_code=self.value()) if self.value() else queryset
