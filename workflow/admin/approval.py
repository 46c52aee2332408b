"""Approvals: what one person proposed, and the second person's decision."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from workflow.models import Approval
from workflow.staff import cells
from workflow.staff.filters import OnlyFilter
from workflow.staff.person import person
from workflow.staff.staff_admin import FactsAdmin
from workflow.staff.subjects import with_subjects


class WaitingForMe(OnlyFilter):
    """Pending, and not proposed by the reader."""

    title = _("for me")
    parameter_name = "for_me"
    choice = _("waiting for my decision")

    def only(self, request: HttpRequest, rows: QuerySet[Approval]) -> QuerySet[Approval]:
        return rows.filter(decision=Approval.Decision.PENDING).exclude(proposed_by=person(request))


@admin.register(Approval)
class ApprovalAdmin(FactsAdmin):
    """Decided where its object stands: the approving button is on the object's page."""

    list_display = [
        "subject_link",
        "kind",
        "action",
        "decision_badge",
        "reason",
        "article_link",
        "proposed_by",
        "proposed_at",
        "decided_by",
    ]
    list_display_links = None
    list_filter = [WaitingForMe, "decision", "action"]
    list_select_related = ["subject_type", "proposed_by", "decided_by"]
    fields = [
        "subject_link", "kind", "action", "reason", "article_link", "proposed_by", "proposed_at",
        "decision_badge", "decided_by", "decided_at", "decision_reason",
    ]  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet[Approval]:
        return super().get_queryset(request).prefetch_related(with_subjects())

    @admin.display(description=_("object"))
    def subject_link(self, approval: Approval) -> str:
        return cells.link(approval.subject, approval.subject_id if approval.subject is None else None)

    @admin.display(description=_("kind of object"), ordering="subject_type")
    def kind(self, approval: Approval) -> str:
        model = approval.subject_type.model_class()
        return str(model._meta.verbose_name) if model else approval.subject_type.model

    @admin.display(description=_("decision"), ordering="decision")
    def decision_badge(self, approval: Approval) -> str:
        return cells.badge(approval.get_decision_display(), cells.tone(Approval, approval.decision))
