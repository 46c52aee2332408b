"""The public page of postings: open to everybody, also to who is no customer."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from notices.article_words import article_words
from notices.models import Posting
from notices.selectors import postings_at, postings_until
from terms.article import ArticleRef

_A_PAGE = 20


@require_safe
def postings(request: HttpRequest) -> HttpResponse:
    """What stands now, the latest first; ``?past=1`` also what stood before, ``?category=`` only one kind."""
    now = timezone.now()
    past = request.GET.get("past") == "1"
    category = request.GET.get("category", "")
    found = postings_until(now) if past else postings_at(now)
    if category in Posting.Category:
        found = found.filter(category=category)
    else:
        category = ""
    context = {
        "page": Paginator(found, _A_PAGE).get_page(request.GET.get("page")),
        "categories": Posting.Category.choices,
        "category": category,
        "past": past,
        "now": now,
    }
    return render(request, "notices/postings.html", context)


@require_safe
def posting(request: HttpRequest, posting_id: int) -> HttpResponse:
    """One posting, with the article that asks for it. 404 before it is posted; afterwards it stays readable."""
    now = timezone.now()
    found = get_object_or_404(postings_until(now), pk=posting_id)
    article = ArticleRef.parse(found.article)
    context = {
        "posting": found,
        "article": article_words(article, timezone.localdate(found.posted_from)),
        "over": found.posted_until is not None and found.posted_until <= now,
    }
    return render(request, "notices/posting.html", context)
