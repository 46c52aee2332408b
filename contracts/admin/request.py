"""Requests: the queue in order of arrival, and the answers."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.db.models.expressions import Combinable
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from django.utils.html import format_html, format_html_join
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from contracts.admin.notice_panels import notices_about_panel
from contracts.admin.request_buttons import answer_buttons
from contracts.admin.request_papers import paper_button, papers_panel
from contracts.admin.request_works import plan_button, works_panel
from contracts.guards.application import refusal_ground
from contracts.models import Request
from contracts.papers import download, lacking_papers
from contracts.request_words import wishes
from contracts.search import subscriber_keys
from contracts.works import without_work
from terms.errors import TermsError
from terms.registry import pack_for
from workflow.staff import cells
from workflow.staff.button_form import ground_label, today
from workflow.staff.filters import DocumentFilter
from workflow.staff.panels import Panel, panel
from workflow.staff.staff_admin import FactsAdmin

WAITING = [Request.State.RECEIVED, Request.State.IN_REVIEW]


class QueueFilter(admin.SimpleListFilter):
    """What still waits for an answer comes first; everything else on demand."""

    title = _("show")
    parameter_name = "show"

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, str]]:
        return [
            ("all", str(_("All"))),
            ("deferred", str(_("Deferred"))),
            ("accepted", str(_("Accepted, not carried out"))),
            ("papers", str(_("A paper is missing"))),
            ("works", str(_("A work is to be planned"))),
        ]

    def choices(self, changelist: Any) -> Iterator[Any]:
        yield {
            "selected": self.value() is None,
            "query_string": changelist.get_query_string(remove=[self.parameter_name]),
            "display": _("Waiting for an answer"),
        }
        for lookup, title in self.lookup_choices:
            yield {
                "selected": self.value() == str(lookup),
                "query_string": changelist.get_query_string({self.parameter_name: lookup}),
                "display": title,
            }

    def queryset(self, request: HttpRequest, queryset: QuerySet[Request]) -> QuerySet[Request]:
        match self.value():
            case "deferred":
                return queryset.filter(state=Request.State.DEFERRED)
            case "accepted":
                return queryset.filter(state=Request.State.ACCEPTED)
            case "papers":
                return queryset.filter(pk__in=lacking_papers(today()).values("pk"))
            case "works":
                return queryset.filter(pk__in=without_work().values("pk"))
            case "all":
                return queryset
        return queryset.filter(state__in=WAITING) if is_queue(request) else queryset


def is_queue(request: HttpRequest) -> bool:
    """Whether the list is asked for as the queue: nothing else was chosen, and nobody is looked for."""
    narrowed = ("show", "q", "subscriber__id__exact", "contract__id__exact", "state__exact")
    return not any(name in request.GET for name in narrowed)


@admin.register(Request)
class RequestAdmin(FactsAdmin):
    """Answered in order of arrival under each document."""

    list_display = [
        "number",
        "kind",
        "state_badge",
        "terms",
        "subscriber_link",
        "contract_link",
        "form",
        "received_at",
        "decided_on",
    ]
    list_filter = [QueueFilter, DocumentFilter, "kind", "form"]
    list_select_related = ["subscriber", "contract"]
    search_fields = ["number"]
    search_help_text = _(
        "Request number, or the subscriber’s number, name, phone or e-mail, from its beginning."
    )
    buttons = [*answer_buttons, paper_button, plan_button]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "number",
                    "kind",
                    "terms",
                    "subscriber_link",
                    "contract_link",
                    "represented_by",
                    "form",
                    "received_at",
                ]
            },
        ),
        (_("What is asked for"), {"fields": ["asked"]}),
        (
            _("Answer"),
            {"fields": ["decided_on", "ground_in_words", "article_link", "decision_reason", "order_reason"]},
        ),
    ]

    def get_ordering(self, request: HttpRequest) -> list[str | Combinable]:
        return ["received_at", "id"] if is_queue(request) else ["-id"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Request]:
        return super().get_queryset(request).select_related("subscriber", "contract")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Request], search_term: str
    ) -> tuple[QuerySet[Request], bool]:
        if not search_term:
            return queryset, False
        people = subscriber_keys(search_term)
        by_number = queryset.filter(number__startswith=search_term.strip().upper())
        return by_number | queryset.filter(subscriber__in=people), False

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.paper_view)
        return [
            path("<path:object_id>/papers/<int:paper>/", view, name="contracts_request_paper"),
            *super().get_urls(),
        ]

    def paper_view(self, request: HttpRequest, object_id: str, paper: int) -> HttpResponse:
        """The copy of a paper, for those who may see requests."""
        found = self.get_object(request, object_id)
        if found is None:
            raise Http404
        if not self.has_view_permission(request, found):
            raise PermissionDenied
        return download(get_object_or_404(found.evidence.exclude(content=None), pk=paper))

    def button_facts(self, obj: Request) -> list[tuple[str, Any]]:
        return [
            (str(_("state")), cells.state_badge(obj)),
            (str(_("kind")), obj.get_kind_display()),
            (str(_("subscriber")), cells.link(obj.subscriber)),
            (str(_("terms")), cells.document(obj.terms_code)),
            (str(_("received at")), cells.moment(obj.received_at)),
        ]

    def panels(self, request: HttpRequest, obj: Request) -> Iterable[Panel]:
        if obj.state in WAITING:
            yield _before(obj)
        yield papers_panel(obj)
        yield works_panel(obj)
        yield notices_about_panel(obj)

    @admin.display(description=_("subscriber"))
    def subscriber_link(self, request: Request) -> str:
        return cells.link(request.subscriber, request.subscriber.name)

    @admin.display(description=_("contract"))
    def contract_link(self, request: Request) -> str:
        return cells.link(request.contract)

    @admin.display(description=_("details"))
    def asked(self, request: Request) -> str:
        rows = [(capfirst(str(label)), _shown(value)) for label, value in wishes(request.details)]
        return (
            format_html(
                '<dl class="staff-facts">{}</dl>',
                format_html_join("", "<div><dt>{}</dt><dd>{}</dd></div>", rows),
            )
            if rows
            else cells.EMPTY
        )

    @admin.display(description=_("ground"))
    def ground_in_words(self, request: Request) -> str:
        if not request.ground:
            return cells.EMPTY
        try:
            found = refusal_ground(
                pack_for(request.terms_code, request.decided_on or today(), earliest=True), request.ground
            )
        except TermsError:
            found = None
        return ground_label(found) if found else request.ground


def _shown(value: Any) -> Any:
    return cells.day(value) if isinstance(value, date) else value


def _before(request: Request) -> Panel:
    return panel(
        _("Arrived earlier and still waiting"),
        Request.objects.filter(
            terms_code=request.terms_code, state__in=WAITING, received_at__lt=request.received_at
        )
        .select_related("subscriber")
        .order_by("received_at", "id"),
        [
            (_("request"), cells.link),
            (_("state"), cells.state_badge),
            (_("subscriber"), lambda earlier: earlier.subscriber.name),
            (_("received at"), lambda earlier: cells.moment(earlier.received_at)),
        ],
        shown=5,
        more=cells.list_of(Request, terms_code=request.terms_code),
        empty=_("None: this one is first."),
    )
