"""The choice of a document in the forms of the catalogue."""

from typing import Any

from django import forms
from django.db import models
from django.http import HttpRequest
from unfold.widgets import UnfoldAdminSelectWidget

from terms.registry import registry


def documents() -> list[tuple[str, str]]:
    """The documents as choices."""
    return [(code, f"{code}  {registry().latest(code).title}") for code in registry().codes()]


class TermsCodeMixin:
    """Offers the known documents where a model has a ``terms_code``, and nothing else."""

    def formfield_for_dbfield(
        self, db_field: "models.Field[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> Any:
        if db_field.name in {"terms_code", "beside_terms"}:
            return forms.ChoiceField(
                label=db_field.verbose_name.capitalize(),
                required=not db_field.blank,
                choices=[("", "—"), *documents()],
                widget=UnfoldAdminSelectWidget,
                help_text=db_field.help_text,
            )
        return super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]  # the next in line has it
