"""The books of a month: balances, revenue by service, receivables by age, the closing, and the export for accounting."""

import json
from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from billing.admin.run_buttons import MonthForm
from billing.admin.tables import ageing_panel, month
from billing.books.journal import csv_lines, trial_balance
from billing.books.revenue import revenue_by_month, revenue_by_service
from billing.models import BookMonth
from billing.selectors import ageing
from billing.services.close_month import (
    REOPEN,
    book_month,
    close_month,
    decide_reopening,
    propose_reopening,
)
from terms.calendar import Month
from workflow.staff import cells
from workflow.staff.button_form import ReasonForm, today
from workflow.staff.buttons import Button, Done, Effect, Press
from workflow.staff.panels import Panel, panel
from workflow.staff.second_person import is_pending, may_decide
from workflow.staff.staff_admin import FactsAdmin

_MAY = "billing.change_bookmonth"


def _look(press: Press) -> Done:
    return Done(message=_("These are the books of that month."), go_to=book_month(press.data["month"]))


def _close(press: Press) -> Done:
    close_month(month=press.obj.month, by=press.by, at=press.at)
    return Done(message=_("The month is closed; nothing is entered into it any more."))


def _propose(press: Press) -> Done:
    propose_reopening(book=press.obj, by=press.by, at=press.at, reason=press.data["reason"])
    return Done(message=_("A second person is asked."))


def _reopen(press: Press) -> Done:
    decide_reopening(book=press.obj, by=press.by, at=press.at, approved=True)
    return Done(message=_("The month is open again."))


def _keep_closed(press: Press) -> Done:
    decide_reopening(book=press.obj, by=press.by, at=press.at, approved=False, reason=press.data["reason"])
    return Done(message=_("The month stays closed."))


@admin.register(BookMonth)
class BookMonthAdmin(FactsAdmin):
    list_display = ["month_text", "state_badge"]
    list_display_links = ["month_text"]
    list_filter = ["state"]
    fields = ["month_text", "export"]
    change_form_template = "admin/billing/books.html"
    list_buttons = [
        Button(
            name="look", label=_("Look at a month"), permission=_MAY, look="primary", form=MonthForm, run=_look,
            previews=False,
        )
    ]  # fmt: skip
    buttons = [
        Button(
            name="close", label=_("Close the month"), permission=_MAY, transition="close", look="primary", run=_close,
            effects=lambda book: [
                Effect(text=_("No invoice, payment or write-off can be dated into it any more.")),
                Effect(
                    text=_(
                        "Money that arrived in it and is recorded later stands in the books on the day on which it is recorded."
                    )
                ),
                Effect(text=_("Only two people together can open it again.")),
            ],
        ),
        Button(
            name="propose-reopening", label=_("Propose to open it again"), permission=_MAY, transition="reopen",
            possible=lambda book: not is_pending(REOPEN)(book), form=ReasonForm, run=_propose,
        ),
        Button(
            name="reopen", label=_("Open it again"), permission=_MAY, transition="reopen", allowed=may_decide(REOPEN),
            look="primary", run=_reopen,
            effects=lambda book: [Effect(text=_("You agree, as the second person, that the month is opened again."))],
        ),
        Button(
            name="keep-closed", label=_("Leave it closed"), permission=_MAY, transition="reopen",
            allowed=may_decide(REOPEN), form=ReasonForm, run=_keep_closed,
        ),
    ]  # fmt: skip

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.csv_view)
        return [path("<int:object_id>/csv/", view, name="billing_bookmonth_csv"), *super().get_urls()]

    def csv_view(self, request: HttpRequest, object_id: int) -> HttpResponse | StreamingHttpResponse:
        """The journal of the month, for those who may see the books."""
        book = self.get_object(request, str(object_id))
        if book is None or not self.has_view_permission(request, book):
            raise Http404
        return StreamingHttpResponse(
            csv_lines(book.month),
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="journal-{book.month:%Y-%m}.csv"'},
        )

    def beside(self, request: HttpRequest, obj: BookMonth) -> dict[str, Any]:
        return super().beside(request, obj) | {
            "revenue_chart": _revenue_chart(obj),
            "ageing_chart": _ageing_chart(),
        }

    def panels(self, request: HttpRequest, obj: BookMonth) -> Iterable[Panel]:
        whole = Month.of(obj.month)
        yield panel(
            _("Balances of the month"),
            trial_balance(since=whole.first, until=whole.end),
            [
                (_("ledger account"), lambda row: row.label),
                (_("debit"), lambda row: cells.yen(row.debit)),
                (_("credit"), lambda row: cells.yen(row.credit)),
                (_("Debit above credit"), lambda row: cells.yen(row.balance)),
            ],
            shown=50,
            empty=_("Nothing was entered."),
        )
        yield panel(
            _("Revenue by service, without tax"),
            revenue_by_service(obj.month),
            [
                (_("terms"), lambda row: cells.document(row.terms_code)),
                (_("product"), lambda row: row.product or cells.EMPTY),
                (_("charges"), lambda row: cells.number(row.charges)),
                (_("net"), lambda row: cells.yen(row.net)),
            ],
            shown=200,
            empty=_("No invoice so far."),
        )
        yield ageing_panel(today())

    @admin.display(description=_("month"), ordering="month")
    def month_text(self, book: BookMonth) -> str:
        return month(book.month)

    @admin.display(description=_("For accounting"))
    def export(self, book: BookMonth) -> str:
        url = reverse("admin:billing_bookmonth_csv", args=[book.pk])
        return format_html('<a href="{}">journal-{}.csv</a>', url, month(book.month))


def _chart(labels: list[str], name: object, values: list[int]) -> str:
    """What the chart on the page reads: thousands of yen, which leave room beside the axis."""
    unit = str(_("thousand yen"))
    data = {
        "label": f"{name} ({unit})",
        "data": [value / 1000 for value in values],
        "backgroundColor": "var(--color-primary-600)",
        "maxBarThickness": 28,
        "displayYAxis": True,
        "suffixYAxis": unit,
    }
    return json.dumps({"labels": labels, "datasets": [data]})


def _revenue_chart(book: BookMonth) -> str:
    rows = revenue_by_month(until=book.month)
    return _chart([f"{day:%Y-%m}" for day, _net in rows], _("net"), [net for _day, net in rows])


def _ageing_chart() -> str:
    bands = {
        "not_due": _("Not due"),
        "to_30": _("to 30 days"),
        "to_60": _("to 60 days"),
        "to_90": _("to 90 days"),
        "over_90": _("longer"),
    }
    rows = ageing(on=today())
    sums = [sum(row[band] for row in rows) for band in bands]
    return _chart([str(label) for label in bands.values()], _("still owed"), sums)
