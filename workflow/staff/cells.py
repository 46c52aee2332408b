"""What stands in a cell of a table or beside a label: a link, a badge, an amount, a citation. Safe HTML, or text."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Model
from django.urls import NoReverseMatch, reverse
from django.utils import formats, timezone, translation
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from terms.article import ArticleRef
from terms.errors import TermsError
from terms.registry import registry
from workflow.days import days_in_words

# Grey is over or not begun, blue on its way, green as it should be, amber needs care, red is a sanction or a failure.
_TONES: Mapping[str, str] = {
    **dict.fromkeys(
        ["applied", "received", "in_review", "accepted", "proposed", "approved", "prepared", "open"], "info"
    ),
    **dict.fromkeys(["rating", "started", "issued", "dispatched", "pending"], "info"),
    **dict.fromkeys(
        ["active", "done", "carried_out", "settled", "deemed_received", "lifted", "up", "cured"], "success"
    ),
    **dict.fromkeys(
        ["paused", "deferred", "noticed", "halted", "ending", "rotated", "assigned", "acted_on", "declared"],
        "warning",
    ),
    **dict.fromkeys(
        ["suspended", "in_force", "refused", "failed", "rejected", "revoked", "written_off", "down"], "danger"
    ),
}
_TONES_OF_MODEL: Mapping[tuple[str, str], str] = {
    ("notice", "received"): "success",
    ("approval", "approved"): "success",
    ("suspension", "lifted"): "neutral",
}

EMPTY = "–"


def tone(model: type[Model], state: str) -> str:
    """The colour of a state: neutral, info, success, warning or danger."""
    return _TONES_OF_MODEL.get((str(model._meta.model_name), state)) or _TONES.get(state, "neutral")


def badge(label: object, tone: str = "neutral") -> SafeString:
    """A short word on a coloured ground."""
    return format_html('<span class="badge badge-{}">{}</span>', tone, label)


def state_badge(obj: Any) -> SafeString:
    """The state of an object with a ``state``, in the language of the reader."""
    return badge(obj.get_state_display(), tone(type(obj), obj.state))


def link(obj: Model | None, text: object = None) -> SafeString | str:
    """A link to the page of an object; its text alone where it has no page."""
    if obj is None:
        return EMPTY
    label = str(obj if text is None else text)
    address = address_of(obj)
    return format_html('<a href="{}" class="cell-link">{}</a>', address, label) if address else label


def address_of(obj: Model) -> str:
    """The address of an object's page, or nothing where it has none."""
    return page_of(obj._meta.app_label, str(obj._meta.model_name), obj.pk)


def page_of(app_label: str, model_name: str, pk: object) -> str:
    """The address of the page of the object with that key, or nothing where its kind has no pages."""
    try:
        return reverse(f"admin:{app_label}_{model_name}_change", args=[pk])
    except NoReverseMatch:
        return ""


def list_of(model: type[Model], **filters: object) -> str:
    """The address of the list of a model, filtered."""
    query = "&".join(f"{name}={value}" for name, value in filters.items())
    address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    return f"{address}?{query}" if query else address


def yen(amount: int | None) -> SafeString | str:
    """An amount with its thousands; a credit in red."""
    if amount is None:
        return EMPTY
    sign, tone = ("−", " yen-negative") if amount < 0 else ("", "")
    return format_html('<span class="yen{}">{}</span>', tone, f"{sign}¥{abs(amount):,}")


def number(value: int | None) -> SafeString | str:
    """A count with its thousands."""
    return EMPTY if value is None else format_html('<span class="yen">{}</span>', f"{value:,}")


def day_text(value: date | None) -> str:
    """A date in the language of the reader, for a sentence."""
    return formats.date_format(value, "DATE_FORMAT") if value else EMPTY


def day(value: date | None) -> SafeString | str:
    """A date in the language of the reader, on one line."""
    return format_html('<span class="moment">{}</span>', day_text(value)) if value else EMPTY


def moment(value: datetime | None) -> SafeString | str:
    """Date and time in Japan, in the language of the reader; each of the two on one line."""
    if value is None:
        return EMPTY
    local = timezone.localtime(value)
    return format_html(
        '<span class="moment">{}</span> <span class="moment">{}</span>',
        day_text(local.date()),
        formats.date_format(local, "TIME_FORMAT"),
    )


def span(since: date | None, until: date | None) -> SafeString:
    """From a day to a day, both included."""
    return format_html("{} – {}", day(since), day(until) if until else "")


def article(citation: ArticleRef | str) -> SafeString | str:
    """A citation as a link to the article, with its printed title; the bare text where no such article is known."""
    text = str(citation)
    if not text:
        return EMPTY
    try:
        ref = ArticleRef.parse(text)
        found = registry().latest(ref.pack).articles.get(ref.head)
    except (ValueError, TermsError):
        return text
    if not found:
        return text
    return format_html(
        '<a href="{}" class="article" title="{}"><span class="article-number">{}</span> {}</a>',
        reverse("admin:article", args=[ref.pack, ref.head]),
        found.summary_ja if reads_japanese() else found.summary,
        days_in_words(text),
        found.title,
    )


def document(code: str) -> SafeString | str:
    """The title of a document as a link to its articles."""
    try:
        title = registry().latest(code).title
    except TermsError:
        return code or EMPTY
    return format_html(
        '<a href="{}" title="{}" class="cell-link">{}</a>',
        reverse("admin:articles_of", args=[code]),
        title,
        code,
    )


def reads_japanese() -> bool:
    """Whether the page is shown in Japanese."""
    return (translation.get_language() or "").startswith("ja")


def yes_no(value: bool) -> str:
    """Yes or no."""
    return _("yes") if value else _("no")
