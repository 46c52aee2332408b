"""The documents and their articles, open to everybody: what a citation leads to."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_date

from contracts.references import applying
from terms.article import ArticleRef
from terms.errors import TermsError
from terms.pack import Pack
from terms.registry import codes, pack_for, versions


def documents(request: HttpRequest) -> HttpResponse:
    """Every document in the version of today."""
    today = timezone.localdate()
    packs = [pack_for(code, today, earliest=True) for code in codes()]
    return render(request, "portal/documents.html", {"section": "terms", "packs": packs})


def document(request: HttpRequest, code: str) -> HttpResponse:
    """One document: its articles, its versions, and the mistakes in its printed text."""
    on = _day(request)
    pack = _pack(code, on)
    context = {
        "section": "terms",
        "pack": pack,
        "on": on,
        "versions": versions(code),
        "articles": pack.articles.items(),
        "applying": applying(pack, on),
    }
    return render(request, "portal/document.html", context)


def article(request: HttpRequest, code: str, number: str) -> HttpResponse:
    """One article in the version of a day, in our own words, and what it looked like in other versions."""
    on = _day(request)
    pack = _pack(code, on)
    if number not in pack.articles:
        raise Http404
    numbers = list(pack.articles)
    place = numbers.index(number)
    context = {
        "section": "terms",
        "pack": pack,
        "on": on,
        "number": number,
        "article": pack.articles[number],
        "before": numbers[place - 1] if place else None,
        "after": numbers[place + 1] if place + 1 < len(numbers) else None,
        "others": [other for other in versions(code) if other is not pack and number in other.articles],
        "defects": [
            defect for defect in pack.defects if ArticleRef(code, number).head == defect.article.head
        ],
    }
    return render(request, "portal/article.html", context)


def _day(request: HttpRequest) -> date:
    """The day in ``?on=``, or today."""
    given = request.GET.get("on")
    if not given:
        return timezone.localdate()
    try:
        on = parse_date(given)
    except ValueError:
        on = None
    if on is None:
        raise Http404
    return on


def _pack(code: str, on: date) -> Pack:
    try:
        return pack_for(code, on, earliest=True)
    except TermsError:
        raise Http404 from None
