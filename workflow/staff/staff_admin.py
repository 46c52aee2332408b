"""What all staff pages share: bounded lists, no deletion, buttons, panels, the state in front."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin, TabularInline

from workflow.models import Machine
from workflow.staff import cells
from workflow.staff.button_page import ButtonsMixin
from workflow.staff.further import panels_for
from workflow.staff.paginator import BoundedPaginator
from workflow.staff.panels import Panel
from workflow.staff.timeline import Words, timeline


class StaffAdmin(ButtonsMixin, ModelAdmin):  # type: ignore[misc]  # unfold carries no types
    """Pages of master data that staff may edit. Nothing is ever deleted, and no action runs on a ticked selection."""

    actions = None
    list_per_page = 50
    show_full_result_count = False
    paginator = BoundedPaginator
    list_before_template = "admin/staff/list_buttons.html"
    change_form_outer_before_template = "admin/staff/buttons.html"
    change_form_outer_after_template = "admin/staff/panels.html"
    list_filter_sheet = True
    events: Mapping[str, Words] = {}
    """What is said of the changes that move no state, by transition."""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def panels(self, request: HttpRequest, obj: Any) -> Iterable[Panel]:
        """The tables below the object's own columns."""
        return ()

    def later_panels(self, request: HttpRequest, obj: Any) -> Iterable[Panel]:
        """The tables below those that other rooms add."""
        return ()

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        response = super().changeform_view(request, object_id, form_url, extra_context)
        if isinstance(response, TemplateResponse) and response.context_data:
            obj = response.context_data.get("original")
            if obj is not None:
                response.context_data |= self.beside(request, obj)
        return response

    def beside(self, request: HttpRequest, obj: Any) -> dict[str, Any]:
        """What stands beside the columns of an object: its state, its buttons, its panels."""
        panels = [*self.panels(request, obj), *panels_for(request, obj), *self.later_panels(request, obj)]
        done = timeline(obj, events=self.events)
        if isinstance(obj, Machine) or done.rows:
            panels.append(done)
        return {
            "staff_buttons": self.open_buttons(request, obj),
            "staff_badges": self.badges(obj),
            "staff_panels": panels,
        }

    def badges(self, obj: Any) -> Sequence[Any]:
        """Short words in front of the buttons; the state where there is one."""
        return [cells.state_badge(obj)] if isinstance(obj, Machine) else []

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        context = {"staff_list_buttons": self.open_list_buttons(request), **(extra_context or {})}
        return super().changelist_view(request, context)

    @admin.display(description=_("state"), ordering="state")
    def state_badge(self, obj: Any) -> str:
        return cells.state_badge(obj)

    @admin.display(description=_("article"))
    def article_link(self, obj: Any) -> str:
        return cells.article(obj.article)

    @admin.display(description=_("terms"), ordering="terms_code")
    def terms(self, obj: Any) -> str:
        return cells.document(obj.terms_code)


class FactsAdmin(StaffAdmin):
    """Pages of rows that are facts: they come about through services, and nobody edits them."""

    change_form_template = "admin/staff/facts.html"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class FactsInline(TabularInline):  # type: ignore[misc]  # unfold carries no types
    """Rows of a related model, to be read."""

    extra = 0
    can_delete = False
    show_change_link = False

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False
