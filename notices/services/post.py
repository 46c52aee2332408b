"""Put a text on the public page of postings."""

from datetime import datetime

from notices.models import Posting
from terms.article import ArticleRef


def post(
    *,
    category: Posting.Category,
    title: str,
    body: str,
    article: ArticleRef,
    at: datetime,
    until: datetime | None = None,
) -> Posting:
    """Post ``title`` and ``body`` for everybody from ``at`` on, and up to ``until`` where that is given.

    A posting is final: what is wrong in it is put right by another one. Raises ValidationError for an empty or over-long title,
    an empty text, or an end that does not lie after the start.
    """
    posting = Posting(
        category=category,
        title=title.strip(),
        body=body.strip(),
        article=str(article),
        posted_from=at,
        posted_until=until,
    )
    posting.full_clean()
    posting.save()
    return posting
