"""Pages of what one person proposes and another decides, where the decision is all the state there is."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from workflow.models import Approval
from workflow.staff import cells
from workflow.staff.panels import Panel, panel
from workflow.staff.staff_admin import FactsAdmin


class ProposalAdmin(FactsAdmin):
    """Shows in the list and on the page of a proposal whether it waits, was agreed to or turned down, and by whom."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        latest = _approvals_of(self.model).filter(subject_id=OuterRef("pk")).order_by("-pk")
        rows: QuerySet[Any] = (
            super().get_queryset(request).annotate(decision=Subquery(latest.values("decision")[:1]))
        )
        return rows

    @admin.display(description=_("decision"), ordering="decision")
    def decision_badge(self, obj: Any) -> str:
        return _badge(obj.decision) if obj.decision else cells.EMPTY

    def badges(self, obj: Any) -> Sequence[Any]:
        return [_badge(obj.decision)] if obj.decision else []

    def later_panels(self, request: HttpRequest, obj: Any) -> Iterable[Panel]:
        decided = (
            _approvals_of(self.model).filter(subject_id=obj.pk).select_related("proposed_by", "decided_by")
        )
        yield panel(
            str(Approval._meta.verbose_name_plural),
            decided,
            [
                (_("decision"), lambda approval: _badge(approval.decision)),
                (_("proposed by"), lambda approval: approval.proposed_by),
                (_("proposed at"), lambda approval: cells.moment(approval.proposed_at)),
                (_("decided by"), lambda approval: approval.decided_by or cells.EMPTY),
                (_("decided at"), lambda approval: cells.moment(approval.decided_at)),
                (_("reason of the decision"), lambda approval: approval.decision_reason or cells.EMPTY),
            ],
        )


def _approvals_of(model: type[Any]) -> QuerySet[Approval]:
    return Approval.objects.filter(subject_type=ContentType.objects.get_for_model(model))


def _badge(decision: str) -> SafeString:
    return cells.badge(Approval.Decision(decision).label, cells.tone(Approval, decision))
