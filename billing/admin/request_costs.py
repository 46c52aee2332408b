"""What a request would cost, as tables: beforehand on the form, and on its page while it is open."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from billing.rating.charge import RatedCharge
from billing.request_preview import RequestPreview, preview_open, preview_request
from billing.work_preview import preview_work
from contracts.models import Request, Work
from terms.article import ArticleRef
from terms.errors import TermsError
from workflow.errors import NotPermitted, Refused, WrongState
from workflow.staff import cells
from workflow.staff.button_form import today
from workflow.staff.panels import Panel, panel

_OPEN = [Request.State.RECEIVED, Request.State.IN_REVIEW, Request.State.DEFERRED, Request.State.ACCEPTED]


def costs(**asked: Any) -> Iterable[Panel]:
    """The tables for a request that is not sent yet."""
    return _tables(preview_request(**asked))


def costs_together(requests: Sequence[Request], on: date) -> Iterable[Panel]:
    """One table for requests that come in together, a line each: once, and by the month."""
    found = [(request, preview_open(request, on=on)) for request in requests]
    yield panel(
        _("What it costs"),
        found,
        [
            (_("subscriber"), lambda row: row[0].subscriber.name),
            (_("effective on"), lambda row: cells.day(row[1].effective_on)),
            (_("once"), lambda row: cells.yen(row[1].once_total)),
            (_("each month as it stands"), lambda row: _monthly(row[1], "before")),
            (_("each month as it would be"), lambda row: _monthly(row[1], "after")),
        ],
        shown=len(found),
        note=_note(found[0][1]) if found else "",
    )


def work_costs(plan: Callable[[], Work]) -> Iterable[Panel]:
    """The table for a work that is about to be planned."""
    yield _charges(preview_work(plan), note="")


def _charges(charges: Sequence[RatedCharge], *, note: SafeString | str) -> Panel:
    return panel(
        _("What it costs"),
        charges,
        [
            (_("once"), lambda charge: charge.name),
            (_("yen without tax"), lambda charge: cells.yen(charge.amount)),
            (_("article"), lambda charge: cells.article(charge.article)),
        ],
        empty=_("Nothing is charged once."),
        note=note,
    )


def _monthly(found: RequestPreview, name: str) -> str:
    """The sum of the last month shown, which is a whole one."""
    return cells.yen(getattr(found.months[-1], name)) if found.months else cells.EMPTY


def request_panels(request: HttpRequest, obj: Request) -> Iterable[Panel]:
    """The tables for a request that is open, for those who may see charges; or why nothing can be computed."""
    if obj.state not in _OPEN or not request.user.has_perm("billing.view_charge"):
        return
    try:
        yield from _tables(preview_open(obj, on=today()))
    except Refused as error:
        refusal = error.refusal
        yield panel(
            _("What it costs"),
            [refusal],
            [
                (_("Against it speaks"), lambda row: row.reason),
                (_("article"), lambda row: cells.article(row.article)),
            ],
        )
    except (ValidationError, WrongState, NotPermitted, TermsError) as error:
        said = error.messages if isinstance(error, ValidationError) else [str(error)]
        yield panel(_("What it costs"), said, [(_("Cannot be computed"), lambda row: row)])


def _cited(articles: Iterable[ArticleRef]) -> SafeString:
    links = format_html_join("、", "{}", ((cells.article(article),) for article in articles))
    return format_html("{} {}", _("On these articles:"), links)


def _note(found: RequestPreview) -> SafeString:
    """From when, what the works cost, whether it is complete, and on which articles."""
    note = _("Effective on %(day)s.") % {"day": cells.day_text(found.effective_on)}
    if found.work_fees:
        least, most = (f"{fee:,}" for fee in found.work_fees)
        note = f"{note} " + (
            _("Works: %(most)s yen a part, without tax.") % {"most": most}
            if least == most
            else _("Works: %(least)s to %(most)s yen a part, without tax.") % {"least": least, "most": most}
        )
    if not found.complete:
        note = f"{note} " + str(_("A price is missing; the amounts are not complete."))
    return format_html("{} {}", note, _cited(found.articles))


def _tables(found: RequestPreview) -> Iterable[Panel]:
    yield _charges(found.once, note=_note(found))
    yield panel(
        _("All contracts of the subscriber, month by month"),
        found.months,
        [
            (_("month"), lambda month: f"{month.month:%Y-%m}"),
            (_("as it stands"), lambda month: cells.yen(month.before)),
            (_("as it would be"), lambda month: cells.yen(month.after)),
        ],
    )
