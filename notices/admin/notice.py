"""Notices: what was said to whom, the proof of it, and what to do about those that failed."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from notices.models import Notice
from notices.occasions import OCCASIONS
from notices.selectors import undelivered
from notices.services.deem_received import deem_received
from notices.services.record_receipt import record_receipt
from notices.services.requeue_notice import requeue_notice
from workflow.staff import cells
from workflow.staff.button_form import ComeMomentField, ReasonForm
from workflow.staff.buttons import Button, Done, Effect, Press
from workflow.staff.filters import OnlyFilter
from workflow.staff.staff_admin import FactsAdmin

_MAY = "notices.change_notice"


class OccasionFilter(admin.SimpleListFilter):
    """By occasion, without asking the table which there are."""

    title = _("occasion")
    parameter_name = "occasion"

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, str]]:
        return sorted(
            ((code, str(occasion.label)) for code, occasion in OCCASIONS.items()), key=lambda pair: pair[1]
        )

    def queryset(self, request: HttpRequest, queryset: QuerySet[Notice]) -> QuerySet[Notice]:
        return queryset.filter(occasion=self.value()) if self.value() else queryset


class UndeliveredFilter(OnlyFilter):
    """Failed, and not repeated as a letter."""

    title = _("delivery")
    parameter_name = "undelivered"
    choice = _("could not be delivered")

    def only(self, request: HttpRequest, rows: QuerySet[Notice]) -> QuerySet[Notice]:
        return rows.filter(pk__in=undelivered())


class AgainForm(ReasonForm):
    """Why it is tried again, and perhaps by another way."""

    channel = forms.ChoiceField(label=_("channel"), choices=Notice.Channel.choices, widget=forms.RadioSelect)
    address = forms.CharField(label=_("address"), widget=forms.Textarea(attrs={"rows": 2}))

    field_order = ["channel", "address", "reason"]

    def set_up(self) -> None:
        self.fields["channel"].initial = self.obj.channel
        self.fields["address"].initial = self.obj.address


class ReceiptForm(ReasonForm):
    """When it was received, and how that is known."""

    at = ComeMomentField(label=_("counts as received at"))

    field_order = ["at", "reason"]

    def set_up(self) -> None:
        self.fields["reason"].required = False


def _again(press: Press) -> Done:
    data = press.data
    requeue_notice(
        notice=press.obj,
        by=press.by,
        at=press.at,
        reason=data["reason"],
        channel=data["channel"],
        address=data["address"],
    )
    return Done(message=_("The notice is in the queue again."))


def _received(press: Press) -> Done:
    record_receipt(notice=press.obj, by=press.by, at=press.data["at"])
    return Done(message=_("The receipt is recorded."))


def _deemed(press: Press) -> Done:
    deem_received(notice=press.obj, by=press.by, at=press.at, reason=press.data["reason"])
    return Done(message=_("The notice counts as received."))


@admin.register(Notice)
class NoticeAdmin(FactsAdmin):
    list_display = [
        "id", "title", "recipient_name", "state_badge", "occasion_text", "article_link", "channel", "written_at", "dispatched_at",
    ]  # fmt: skip
    list_display_links = ["id", "title"]
    list_filter = [UndeliveredFilter, "state", OccasionFilter, "channel"]
    search_fields = ["=id"]
    search_help_text = _("The number of a notice. The notices to one person stand on that person’s page.")
    fieldsets = [
        (None, {"fields": ["occasion_text", "recipient_link", "about_link", "article_link"]}),
        (_("What was said"), {"fields": ["title", "text"]}),
        (
            _("How it went"),
            {
                "fields": [
                    "channel",
                    "address",
                    "written_at",
                    "dispatched_at",
                    "received_at",
                    "attempts",
                    "retry_at",
                    "failure",
                    "follows_link",
                    "proof",
                ]
            },
        ),
    ]
    buttons = [
        Button(
            name="again",
            label=_("Send again"),
            permission=_MAY,
            transition="requeue",
            look="primary",
            form=AgainForm,
            run=_again,
            effects=lambda notice: [
                Effect(text=_("The text stays as it is; only the way may change."), article=notice.article)
            ],
        ),
        Button(
            name="received",
            label=_("Record the receipt"),
            permission=_MAY,
            transition="receive",
            form=ReceiptForm,
            run=_received,
            effects=lambda notice: [
                Effect(text=_("From then on it counts as received."), article=notice.article)
            ],
        ),
        Button(
            name="deemed",
            label=_("Deem it received"),
            permission=_MAY,
            transition="deem_received",
            form=ReasonForm,
            run=_deemed,
            effects=lambda notice: [
                Effect(
                    text=_(
                        "Only where the document says so: the recipient did not report a new name or address."
                    )
                )
            ],
        ),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Notice]:
        return super().get_queryset(request).select_related("recipient_type", "about_type")

    @admin.display(description=_("title"))
    def title(self, notice: Notice) -> str:
        return notice.subject

    @admin.display(description=_("occasion"), ordering="occasion")
    def occasion_text(self, notice: Notice) -> str:
        return notice.get_occasion_display()

    @admin.display(description=_("recipient"))
    def recipient_link(self, notice: Notice) -> Any:
        return _link(notice.recipient_type, notice.recipient_id, notice.recipient_name)

    @admin.display(description=_("About"))
    def about_link(self, notice: Notice) -> Any:
        model = notice.about_type.model_class()
        name = model._meta.verbose_name if model else notice.about_type.model
        return _link(notice.about_type, notice.about_id, f"{name} {notice.about or notice.about_id}")

    @admin.display(description=_("text"))
    def text(self, notice: Notice) -> Any:
        return format_html('<div class="staff-text" lang="ja">{}</div>', notice.body)

    @admin.display(description=_("follows the notice"))
    def follows_link(self, notice: Notice) -> str:
        return cells.link(notice.follows)

    @admin.display(description=_("proof"))
    def proof(self, notice: Notice) -> Any:
        rows = [(key, value) for key, value in notice.evidence.items()]
        if not rows:
            return cells.EMPTY
        return format_html(
            '<dl class="staff-facts">{}</dl>', format_html_join("", "<div><dt>{}</dt><dd>{}</dd></div>", rows)
        )


def _link(kind: Any, pk: int, text: object) -> Any:
    address = cells.page_of(kind.app_label, kind.model, pk)
    return format_html('<a href="{}" class="cell-link">{}</a>', address, text) if address else text
