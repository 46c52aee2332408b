"""The documents to read: each article with its number, title, kind and summary, where its print is defective, what carries it
out and which tests prove it."""

from datetime import date
from typing import Any

from django.contrib.admin import AdminSite
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from terms.agreement import Reference
from terms.document import Article, Defect
from terms.errors import TermsError
from terms.pack import Pack
from terms.registry import registry
from workflow.staff import cells
from workflow.staff.button_form import today
from workflow.staff.proofs import proof_of, proved

KINDS = {
    "rule": (gettext_lazy("rule"), "success", gettext_lazy("Carried out by software.")),
    "decision": (
        gettext_lazy("decision"),
        "info",
        gettext_lazy("A person decides; software records the ground."),
    ),
    "both": (
        gettext_lazy("rule and decision"),
        "success",
        gettext_lazy("A person decides, software carries it out."),
    ),
    "text": (gettext_lazy("text"), "neutral", gettext_lazy("Nothing to carry out.")),
}


def urls(site: AdminSite) -> list[URLPattern]:
    """The addresses of the pages, for the staff site."""

    def page(view: Any) -> Any:
        return site.admin_view(lambda request, *args, **kwargs: view(site, request, *args, **kwargs))

    return [
        path("articles/", page(documents), name="articles"),
        path("articles/<slug:code>/", page(document), name="articles_of"),
        path("articles/<slug:code>/<path:number>/", page(article), name="article"),
    ]


def documents(site: AdminSite, request: HttpRequest) -> HttpResponse:
    """All documents, each with the version in force."""
    on = today()
    packs = [registry().pack_for(code, on, earliest=True) for code in registry().all_codes()]
    found = [
        {"pack": pack, "url": reverse("admin:articles_of", args=[pack.code]), **_counts(pack)}
        for pack in packs
    ]
    proofs = [proved(pack) for pack in packs if not pack.law]
    return _page(
        site,
        request,
        "documents.html",
        title=_("Terms of service"),
        documents=found,
        proved=[sum(counts) for counts in zip(*proofs, strict=True)],
    )


def document(site: AdminSite, request: HttpRequest, code: str) -> HttpResponse:
    """All articles of one document in one of its versions; ``?version=`` chooses another, ``?q=`` searches."""
    pack = _pack(request, code)
    query = request.GET.get("q", "").strip()
    rows = [_row(pack, number, found) for number, found in pack.articles.items()]
    if query:
        rows = [
            row
            for row in rows
            if any(query.lower() in str(row[name]).lower() for name in ("number", "title", "summary"))
        ]
    return _page(
        site,
        request,
        "document.html",
        title=pack.title,
        pack=pack,
        versions=_versions(code, pack),
        articles=rows,
        query=query,
        defects=[_defect(defect) for defect in pack.defects],
        **_counts(pack),
    )


def article(site: AdminSite, request: HttpRequest, code: str, number: str) -> HttpResponse:
    """One article: what it says in our own words, its grounds, its parameters, its defects."""
    pack = _pack(request, code)
    head = number.partition("-")[0]
    found = pack.articles.get(head)
    if found is None:
        raise Http404(_("%(document)s has no article %(number)s.") % {"document": code, "number": number})
    numbers = list(pack.articles)
    place = numbers.index(head)
    return _page(
        site,
        request,
        "article.html",
        title=f"{head} {found.title}",
        pack=pack,
        versions=_versions(code, pack),
        article=_row(pack, head, found),
        grounds=list(_grounds(pack, head)),
        parameters=list(_parameters(pack, head)),
        defects=[_defect(defect) for defect in pack.defects if defect.article.head == head],
        previous=_row(pack, numbers[place - 1], pack.articles[numbers[place - 1]]) if place else None,
        next=_row(pack, numbers[place + 1], pack.articles[numbers[place + 1]])
        if place + 1 < len(numbers)
        else None,
    )


def _pack(request: HttpRequest, code: str) -> Pack:
    try:
        version = request.GET.get("version")
        if version:
            return registry().pack_version(code, date.fromisoformat(version))
        return registry().pack_for(code, today(), earliest=True)
    except (TermsError, ValueError) as error:
        raise Http404(str(error)) from error


def _versions(code: str, shown: Pack) -> list[dict[str, Any]]:
    in_force = registry().pack_for(code, today(), earliest=True)
    return [
        {"effective": pack.effective, "is_shown": pack is shown, "in_force": pack is in_force}
        for pack in reversed(registry().versions(code))
    ]


def _counts(pack: Pack) -> dict[str, Any]:
    kinds = [article.kind for article in pack.articles.values()]
    return {
        "kinds": [
            {"label": KINDS[kind][0], "tone": KINDS[kind][1], "count": kinds.count(kind)}
            for kind in KINDS
            if kind in kinds
        ],
        "count": len(kinds),
        # The law is no document of ours: the page of the articles does not count it.
        "proved": None if pack.law else proved(pack),
    }


def _row(pack: Pack, number: str, found: Article) -> dict[str, Any]:
    label, tone, meaning = KINDS[found.kind]
    return {
        "number": number,
        "title": found.title,
        "summary": found.summary_ja if cells.reads_japanese() else found.summary,
        "kind": cells.badge(label, tone),
        "meaning": meaning,
        "url": reverse("admin:article", args=[pack.code, number]),
        "proof": proof_of(pack, number),
        "is_executable": found.kind != "text" and not pack.law,
        "is_defective": any(defect.article.head == number for defect in pack.defects),
    }


def _defect(defect: Defect) -> dict[str, Any]:
    japanese = cells.reads_japanese()
    return {
        "article": cells.article(defect.article),
        "text": defect.text_ja if japanese else defect.text,
        "reading": defect.reading_ja if japanese else defect.reading,
    }


def _grounds(pack: Pack, head: str) -> Any:
    tables = (
        (_("Refusal of an application"), pack.application.refusal_grounds if pack.application else ()),
        (_("suspension"), pack.suspension.grounds if pack.suspension else ()),
        (_("interruption"), pack.interruption.grounds if pack.interruption else ()),
        (_("Ending by the operator"), pack.operator_ending.grounds if pack.operator_ending else ()),
        (_("Consents"), pack.consents),
        (_("Duties"), pack.duties),
        (_("Further documents that apply: below this one"), _ranked(pack, "below")),
        (_("Further documents that apply: beside this one"), _ranked(pack, "beside")),
        (_("Further documents that apply: above this one"), _ranked(pack, "above")),
    )
    for title, grounds in tables:
        for ground in grounds:
            if ground.article.head == head:
                yield {
                    "table": title,
                    "label": ground.label if cells.reads_japanese() else ground.label_en,
                    "article": str(ground.article),
                }


def _ranked(pack: Pack, rank: str) -> list[Reference]:
    return [reference for reference in pack.references if reference.ranks == rank]


def _parameters(pack: Pack, head: str) -> Any:
    """The figures that the software computes with under this article, as the pack states them."""
    for rule, parameters in pack.rules.items():
        reference = getattr(parameters, "article", None)
        if reference is None or reference.head != head:
            continue
        for name in getattr(rule, "__dataclass_fields__", {}):
            value = getattr(parameters, name)
            if name != "article" and value is not None:
                yield {"rule": rule.__name__, "name": name, "value": value}


def _page(site: AdminSite, request: HttpRequest, template: str, **context: Any) -> HttpResponse:
    request.current_app = site.name
    return TemplateResponse(
        request, f"admin/staff/articles/{template}", {**site.each_context(request), **context}
    )
