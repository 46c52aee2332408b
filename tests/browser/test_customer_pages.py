"""What a customer does, with a real browser."""

import pytest
from playwright.sync_api import Page, expect

from tests import factories
from tests.portal.addresses import FILES, POSTED, address_of, names
from tests.portal.customers import Customer

pytestmark = pytest.mark.browser

PHONE = {"width": 360, "height": 740}


def test_a_customer_signs_in_and_sees_the_contract(signed_in: Page, aoba: Customer) -> None:
    signed_in.get_by_role("navigation", name="主なメニュー").get_by_role("link", name="ご契約").click()
    signed_in.locator(f'a[href="/contracts/{aoba.contract.number}/"]').click()
    expect(signed_in.get_by_role("heading", level=1)).to_have_text(aoba.contract.product.name)
    expect(signed_in.get_by_text(aoba.line.number)).to_be_visible()
    expect(signed_in.get_by_role("link", name="約款", exact=True).first).to_be_visible()


def test_a_line_of_an_invoice_opens_to_say_why(signed_in: Page, aoba: Customer) -> None:
    signed_in.goto(f"/invoices/{aoba.invoice.number}/")
    signed_in.get_by_text("この金額の理由").click()
    # Fetched by htmx, without leaving the page.
    expect(signed_in.get_by_text("2025年10月1日から2025年10月31日まで")).to_be_visible()
    expect(signed_in.get_by_text("1円未満は切り捨てます。", exact=True)).to_be_visible()
    signed_in.locator(".why-body a.cite").first.click()
    expect(signed_in.get_by_role("heading", level=1)).to_contain_text("第29条")


def test_without_scripts_the_reason_is_a_page_of_its_own(signed_in: Page, aoba: Customer) -> None:
    assert signed_in.context.browser
    context = signed_in.context.browser.new_context(
        base_url=signed_in.url, java_script_enabled=False, locale="ja-JP"
    )
    context.add_cookies(signed_in.context.cookies())
    plain = context.new_page()
    plain.goto(f"/invoices/{aoba.invoice.number}/")
    plain.get_by_text("この金額の理由").click()
    plain.get_by_role("link", name="計算の内容を見る").click()
    expect(plain.get_by_text("2025年10月1日から2025年10月31日まで")).to_be_visible()
    context.close()


def test_the_switch_turns_the_page_to_english_and_back(signed_in: Page) -> None:
    signed_in.goto("/invoices/")
    signed_in.get_by_role("button", name="English").click()
    expect(signed_in.get_by_role("heading", level=1)).to_have_text("Invoices")
    assert signed_in.url.endswith("/invoices/")
    signed_in.get_by_role("button", name="日本語").click()
    expect(signed_in.get_by_role("heading", level=1)).to_have_text("ご請求")


def test_an_ending_is_weighed_and_then_declared(signed_in: Page, aoba: Customer) -> None:
    signed_in.goto(f"/contracts/{aoba.contract.number}/")
    signed_in.get_by_role("link", name="契約の解除").click()
    signed_in.get_by_role("button", name="費用を確かめる").click()
    expect(signed_in.get_by_role("heading", name="2. 費用")).to_be_visible()
    signed_in.get_by_label("費用を確認しました。", exact=False).check()
    signed_in.get_by_role("button", name="申し込む").click()
    expect(signed_in.get_by_text("を受け付けました。", exact=False)).to_be_visible()
    signed_in.get_by_role("link", name=aoba.contract.number, exact=False).click()
    expect(signed_in.get_by_text("解除予定").first).to_be_visible()


def test_the_postal_code_fills_in_the_address_without_leaving_the_page(signed_in: Page) -> None:
    factories.product("business-network", name="専用線 100Mb/s")
    signed_in.goto("/requests/new/business-network/")
    signed_in.get_by_label("専用線 100Mb/s").check()
    signed_in.get_by_label("郵便番号").fill("220-0012")
    signed_in.get_by_role("button", name="住所を入れる").click()
    expect(signed_in.get_by_label("市区町村")).to_have_value("横浜市西区")
    expect(signed_in.get_by_label("専用線 100Mb/s")).to_be_checked()
    signed_in.get_by_label("郵便番号").fill("000-0000")
    signed_in.get_by_role("button", name="住所を入れる").click()
    expect(signed_in.get_by_text("この郵便番号は見つかりません。")).to_be_visible()


def test_the_keyboard_reaches_the_content_first(signed_in: Page) -> None:
    signed_in.goto("/")
    signed_in.keyboard.press("Tab")
    expect(signed_in.get_by_role("link", name="本文へ進む")).to_be_focused()
    signed_in.keyboard.press("Enter")
    expect(signed_in.locator("main")).to_be_focused()


@pytest.mark.parametrize("language", ["ja", "en"])
def test_no_page_is_wider_than_a_phone(language: str, signed_in: Page, aoba: Customer) -> None:
    signed_in.context.add_cookies([{"name": "django_language", "value": language, "url": signed_in.url}])
    signed_in.set_viewport_size(PHONE)
    everything = [*names(with_arguments=False), *(set(names(with_arguments=True)) - POSTED - FILES)]
    for name in everything:
        signed_in.goto(address_of(name, aoba))
        for summary in signed_in.locator("details.why > summary").all():
            summary.click()
        signed_in.wait_for_load_state("networkidle")
        width = signed_in.evaluate("document.documentElement.scrollWidth")
        assert width <= PHONE["width"], name
