"""The public page of postings."""

from datetime import timedelta

import pytest
from django.utils import timezone

from notices.models import Posting
from notices.services.post import post
from terms.article import ArticleRef

NOW = timezone.now()
CATEGORY = Posting.Category


def _post(
    title: str, *, days_ago: float = 1, until_days_ago: float | None = None, category=CATEGORY.TERMS
) -> Posting:
    return post(
        category=category,
        title=title,
        body="一行目\n二行目 <b>太字</b>",
        article=ArticleRef("isp-access", "2"),
        at=NOW - timedelta(days=days_ago),
        until=None if until_days_ago is None else NOW - timedelta(days=until_days_ago),
    )


@pytest.mark.article("isp-access", "2")
@pytest.mark.article("line-info-api", "2")
def test_everybody_reads_what_stands_now_the_latest_first(client, db):
    _post("古い掲示", days_ago=9)
    _post("新しい掲示", days_ago=1)
    _post("終わった掲示", days_ago=9, until_days_ago=1)
    _post("これからの掲示", days_ago=-1)

    page = client.get("/postings/").content.decode()

    assert page.index("新しい掲示") < page.index("古い掲示")
    assert "終わった掲示" not in page
    assert "これからの掲示" not in page


def test_who_asks_is_shown_what_is_over_too(client, db):
    _post("終わった掲示", days_ago=9, until_days_ago=1)
    _post("これからの掲示", days_ago=-1)

    page = client.get("/postings/?past=1").content.decode()

    assert "終わった掲示" in page
    assert "これからの掲示" not in page


def test_one_kind_can_be_chosen_and_an_unknown_kind_is_all(client, db):
    _post("約款の掲示")
    _post("工事の掲示", category=CATEGORY.INTERRUPTION)

    chosen = client.get("/postings/?category=interruption").content.decode()
    unknown = client.get("/postings/?category=rumour&page=x").content.decode()

    assert "工事の掲示" in chosen
    assert "約款の掲示" not in chosen
    assert "工事の掲示" in unknown
    assert "約款の掲示" in unknown


def test_many_postings_go_over_several_pages(client, db):
    for number in range(21):
        _post(f"掲示{number:02d}号", days_ago=30 - number)

    first, second = (client.get(f"/postings/?page={page}").content.decode() for page in (1, 2))

    assert "掲示20号" in first
    assert "掲示00号" not in first
    assert "掲示00号" in second
    assert "?page=2" in first


def test_a_posting_shows_its_text_as_written_and_its_article(client, db):
    posting = _post("約款の変更")

    page = client.get(f"/postings/{posting.pk}/").content.decode()

    assert "一行目\n二行目 &lt;b&gt;太字&lt;/b&gt;" in page
    assert "第2条（" in page
    assert "根拠" in page
    assert "掲示は終了しました" not in page


def test_a_posting_that_is_over_says_so_and_one_to_come_is_not_there(client, db):
    over = _post("終わった掲示", days_ago=9, until_days_ago=1)
    coming = _post("これからの掲示", days_ago=-1)

    assert "掲示は終了しました" in client.get(f"/postings/{over.pk}/").content.decode()
    assert client.get(f"/postings/{coming.pk}/").status_code == 404
    assert client.get("/postings/0/").status_code == 404


def test_the_pages_are_there_in_english(client, db):
    posting = _post("約款の変更")

    client.cookies["django_language"] = "en"
    listed = client.get("/postings/").content.decode()
    shown = client.get(f"/postings/{posting.pk}/").content.decode()

    assert '<html lang="en">' in listed
    assert "Announcements" in listed
    assert "Basis" in shown
    assert '<h1 lang="ja">約款の変更</h1>' in shown


@pytest.mark.parametrize("address", ["/postings/", "/postings/1/"])
def test_nobody_writes_through_the_public_page(client, db, address):
    assert client.post(address).status_code == 405
