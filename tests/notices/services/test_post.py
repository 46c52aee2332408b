"""What is put up for everybody to read, and stays as it was put up."""

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from notices.models import Posting
from notices.services.post import post
from terms.article import ArticleRef
from tests.notices.conftest import AT, after

ARTICLE = ArticleRef("line-info-api", "2")


def _post(**changes) -> Posting:
    given = {
        "category": Posting.Category.TERMS,
        "title": "規約の変更",
        "body": "変更します。",
        "article": ARTICLE,
        "at": AT,
    }
    return post(**given | changes)


@pytest.mark.article("line-info-api", "2")
def test_a_change_of_terms_is_posted_with_its_article(db):
    posting = Posting.objects.get(pk=_post(title=" 規約の変更 ").pk)

    assert (posting.title, posting.body, posting.article) == ("規約の変更", "変更します。", "line-info-api 2")
    assert (posting.posted_from, posting.posted_until) == (AT, None)


@pytest.mark.parametrize(
    "wrong", [{"title": " "}, {"body": ""}, {"title": "長" * 201}, {"until": AT}, {"category": "rumour"}]
)
def test_an_empty_over_long_or_backward_posting_is_refused(db, wrong):
    with pytest.raises(ValidationError):
        _post(**wrong)
    assert not Posting.objects.exists()


@pytest.mark.parametrize(
    "change",
    [
        {"title": "別の"},
        {"body": "別の"},
        {"posted_from": after(days=1)},
        {"article": "x"},
        {"category": "other"},
    ],
)
def test_what_was_posted_cannot_be_edited(db, change):
    _post()

    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        Posting.objects.update(**change)


def test_a_posting_can_be_ended_but_not_deleted(db):
    _post()
    Posting.objects.update(posted_until=after(days=30))

    with pytest.raises(DatabaseError, match="Cannot delete"), transaction.atomic():
        Posting.objects.all().delete()
