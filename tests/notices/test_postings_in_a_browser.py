"""The public page as people meet it: on a phone, in either language, without a mouse."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from notices.models import Posting
from notices.services.post import post
from terms.article import ArticleRef


@pytest.fixture
def posting(transactional_db) -> Posting:
    return post(
        category=Posting.Category.TERMS,
        title="契約約款の変更について（2025年10月1日から）",
        body="契約約款を次のとおり変更いたします。\n\n・効力発生日：2025年10月1日\n・変更の内容：延滞利息の計算方法を明確にします。",
        article=ArticleRef("isp-access", "2"),
        at=timezone.now() - timedelta(days=1),
    )


@pytest.mark.browser
def test_on_a_phone_nothing_has_to_be_scrolled_sideways(page: Page, posting: Posting):
    page.set_viewport_size({"width": 360, "height": 700})

    for address in ("/postings/", f"/postings/{posting.pk}/"):
        page.goto(address)
        expect(page.get_by_role("heading", level=1)).to_have_count(1)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.browser
def test_a_posting_is_reached_by_the_keyboard_and_read_in_either_language(page: Page, posting: Posting):
    page.goto("/postings/")
    page.get_by_role("link", name=posting.title).focus()
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text(posting.title)
    expect(page.get_by_text("根拠")).to_be_visible()

    page.get_by_role("button", name="English").click()
    expect(page.get_by_text("Basis")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text(posting.title)


@pytest.mark.browser
def test_one_kind_of_announcement_can_be_chosen(page: Page, posting: Posting):
    page.goto("/postings/")

    page.get_by_label("分類").select_option("利用中止")
    page.get_by_role("button", name="表示").click()
    expect(page.get_by_text("お知らせはありません。")).to_be_visible()

    page.get_by_label("分類").select_option("約款の変更")
    page.get_by_role("button", name="表示").click()
    expect(page.get_by_role("link", name=posting.title)).to_be_visible()
