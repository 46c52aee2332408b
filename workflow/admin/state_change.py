"""State changes: the record that nobody edits."""

from django.apps import apps
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from workflow.models import Machine, StateChange
from workflow.staff import cells
from workflow.staff.staff_admin import FactsAdmin
from workflow.staff.subjects import with_subjects


class KindFilter(admin.SimpleListFilter):
    """By kind of object: the machines there are, without asking a table of millions which ones occur."""

    title = _("kind of object")
    parameter_name = "subject_type"

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, str]]:
        machines = [model for model in apps.get_models() if issubclass(model, Machine)]
        types = ContentType.objects.get_for_models(*machines)
        return [(str(kind.pk), str(model._meta.verbose_name)) for model, kind in types.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[StateChange]) -> QuerySet[StateChange]:
        value = self.value()
        return queryset.filter(subject_type=int(value)) if value and value.isdecimal() else queryset


@admin.register(StateChange)
class StateChangeAdmin(FactsAdmin):
    list_display = [
        "id",
        "kind",
        "subject_link",
        "from_state",
        "to_state",
        "on",
        "by",
        "reason",
        "article_link",
        "at",
    ]
    list_filter = [KindFilter]
    list_select_related = ["subject_type", "by"]
    search_fields = ["=subject_id"]
    search_help_text = _("By the key of the object.")
    fields = [
        "kind",
        "subject_link",
        "transition",
        "from_state",
        "to_state",
        "on",
        "by",
        "reason",
        "article_link",
        "at",
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[StateChange]:
        return super().get_queryset(request).prefetch_related(with_subjects())

    @admin.display(description=_("kind of object"), ordering="subject_type")
    def kind(self, change: StateChange) -> str:
        model = change.subject_type.model_class()
        return str(model._meta.verbose_name) if model else change.subject_type.model

    @admin.display(description=_("object"))
    def subject_link(self, change: StateChange) -> str:
        return cells.link(change.subject, change.subject_id if change.subject is None else None)

    @admin.display(description=_("state before"), ordering="source")
    def from_state(self, change: StateChange) -> str:
        return _state(change, change.source)

    @admin.display(description=_("state after"), ordering="target")
    def to_state(self, change: StateChange) -> str:
        return _state(change, change.target)


def _state(change: StateChange, value: str) -> str:
    model = change.subject_type.model_class()
    if model is None or not issubclass(model, Machine):
        return value
    return cells.badge(dict(model.State.choices).get(value, value), cells.tone(model, value))
