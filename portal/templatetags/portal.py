"""What the customers' pages need in templates: dates, yen, citations, navigation."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.template import Context
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from contracts.models import Product, Subscriber
from notices.operator import Operator, operator
from portal.citations import article_name, citation
from portal.words import Words
from terms.document import Article
from terms.registry import pack_for

register = template.Library()
_JAPANESE_WEEKDAYS = "月火水木金土日"


@register.filter
def day(value: date | None) -> str:
    """A date: 2025年11月30日, or 30 Nov 2025."""
    if value is None:
        return ""
    value = _local(value)
    return japanese_day(value) if get_language() == "ja" else date_format(value, "j M Y")


@register.filter
def japanese_day(value: date) -> str:
    """A date as Japanese paper writes it, whatever the reader's language."""
    return f"{value.year}年{value.month}月{value.day}日"


@register.filter
def weekday(value: date | None) -> str:
    """A date with its day of the week: 2025年11月30日(日), or Sun 30 Nov 2025."""
    if value is None:
        return ""
    value = _local(value)
    if get_language() == "ja":
        return f"{day(value)}({_JAPANESE_WEEKDAYS[value.weekday()]})"
    return date_format(value, "D j M Y")


@register.filter
def month(value: date | None) -> str:
    """A month: 2025年11月, or November 2025."""
    if value is None:
        return ""
    return f"{value.year}年{value.month}月" if get_language() == "ja" else date_format(value, "F Y")


@register.filter
def moment(value: datetime | None) -> str:
    """A moment in Japan time: 2025年11月30日 9:05, or 30 Nov 2025 9:05."""
    if value is None:
        return ""
    value = timezone.localtime(value)
    return f"{day(value)} {value.hour}:{value.minute:02d}"


@register.filter
def yen(value: int | None) -> str | SafeString:
    """Whole yen: 12,345円, or ¥12,345. A credit has a minus sign before it."""
    if value is None:
        return ""
    sign = "−" if value < 0 else ""
    if get_language() == "ja":
        return format_html(
            '<span class="yen">{}{}<span class="unit">円</span></span>', sign, f"{abs(value):,}"
        )
    return format_html('<span class="yen">{}¥{}</span>', sign, f"{abs(value):,}")


@register.filter
def named(product: Product) -> str:
    """The name of a product in the language of the reader, where it has one."""
    return product.name if get_language() == "ja" else product.name_en or product.name


@register.filter
def addressed(subscriber: Subscriber) -> str:
    """The name of a subscriber as one is spoken to: with 様 or 御中 in Japanese."""
    return subscriber.notice_name if get_language() == "ja" else subscriber.name


@register.filter
def summary(article: Article) -> str:
    """What an article says, in our own words, in the language of the reader."""
    return article.summary_ja if get_language() == "ja" else article.summary


@register.filter
def in_language(item: object, name: str) -> str:
    """A text that stands in two fields, ``name`` (English) and ``name``_ja."""
    return str(getattr(item, f"{name}_ja" if get_language() == "ja" else name))


@register.filter
def document_title(code: str, on: date) -> str:
    """The title of a document as printed, in the version of a day."""
    return pack_for(code, on, earliest=True).title


@register.filter
def percent(rate: Decimal) -> str:
    """A rate: 10% for 0.100."""
    return f"{(rate * 100).normalize():f}%"


register.filter("article_name", article_name)


@register.inclusion_tag("portal/parts/cite.html")
def cite(cited: str, on: date | None = None) -> dict[str, Any]:
    """The article in an ``article`` column, linked to its page in the version of ``on`` (default: today)."""
    return {"citation": citation(cited, _local(on) if on else timezone.localdate())}


@register.inclusion_tag("portal/parts/state.html")
def state(words: Words) -> dict[str, Any]:
    """The coloured label of a state."""
    return {"words": words}


@register.simple_tag
def the_operator() -> Operator:
    """The operator of this installation: name, address, phone and hours."""
    return operator()


@register.inclusion_tag("portal/parts/nav_link.html", takes_context=True)
def nav_link(context: Context, section: str, url: str, label: str) -> dict[str, Any]:
    """One entry of the main navigation; the one that holds this page is marked."""
    return {"url": url, "label": label, "current": context.get("section") == section}


def _local(value: date) -> date:
    """The date in Japan, of a date or of a moment."""
    return timezone.localtime(value).date() if isinstance(value, datetime) else value
