"""Invoices on paper: what must stand on a 適格請求書, what explains it, and that it is always the same paper."""

import hashlib
import io
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.db import ProgrammingError, transaction
from pypdf import PdfReader

from billing import tasks
from billing.models import BillingAccount, Invoice, InvoicePaper, RunChunk, TariffPrice
from billing.pdf.sheet import invoice_pdf
from billing.services.make_papers import make_papers, paper_of
from billing.services.open_account import open_account
from contracts.models import Contract, Ending, Partner, Product
from contracts.services.change_product import change_product
from terms.registry import registry
from tests import factories
from tests.billing import things

pytestmark = pytest.mark.django_db

JUNE = date(2025, 6, 1)
AT = factories.at(date(2025, 7, 2), 9)


@pytest.fixture(autouse=True)
def _standing(db):
    things.standing()


def billed(terms_code: str = "hikari-line", **fields) -> Invoice:
    contract = things.contract(terms_code, **fields)
    things.bill(JUNE)
    return things.invoice(contract)


def words(pdf: bytes) -> list[str]:
    """The words of each page, without spaces: Typst sets them as it likes."""
    return ["".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages]


def test_a_letter_that_the_typeface_lacks_is_printed_all_the_same():
    rare = things.contract("hikari-line", subscriber=factories.subscriber(name="𠮷野 한솔"))
    plain = things.contract("hikari-line")
    things.bill(JUNE)
    pdf = paper_of(invoice=things.invoice(rare), at=AT)
    assert "𠮷野한솔" in words(pdf)[0]
    assert b"NotoSansCJKjp" in pdf
    assert b"NotoSansCJKjp" not in paper_of(invoice=things.invoice(plain), at=AT), "only where it is needed"


def test_the_front_shows_what_the_law_wants_on_a_qualified_invoice():
    invoice = billed(start=date(2025, 6, 10))
    front = words(paper_of(invoice=invoice, at=AT))[0]
    for shown in (
        settings.OPERATOR_NAME,
        "T7123456789012",
        "発行日2025年7月1日",
        invoice.recipient,
        invoice.number,
        "2025/06/10–2025/06/30",
        "21/30日",
        "10%対象（税抜）4,200円",
        "消費税額等（10%）420円",
        "合計（税込）4,620円",
        "お支払期限2025年7月28日",
        settings.OPERATOR_BANK_ACCOUNT,
    ):
        assert "".join(shown.split()) in front


@pytest.mark.article("hikari-line", "38")
def test_the_back_explains_each_line_from_the_price_version_to_the_article():
    invoice = billed(start=date(2025, 6, 10))
    back = words(paper_of(invoice=invoice, at=AT))[1]
    tariff = invoice.charges.get().tariff
    assert f"単価6,000円（{tariff.name}、2010年1月1日から" in back
    assert "2025年6月10日から2025年6月30日までの21日分（21/30）4,200円" in back
    assert "円未満は切り捨て。税10%。" in back
    assert "第38条（" in back
    assert "消費税は10%対象の合計4,200円に一度だけかけ、円未満は切り捨てで420円です" in back


def test_the_back_says_what_each_article_says_of_a_step_too():
    contract = things.contract(
        "business-network", 50_000, start=date(2025, 5, 1), term_start=date(2025, 5, 1), term_months=24,
        ends_on=JUNE, state=Contract.State.ENDED,
    )  # fmt: skip
    Ending.objects.create(
        contract=contract, by=Ending.By.OPERATOR, ground="unpaid", article="business-network 10-1(7)", reason="未払い",
        declared_on=JUNE, ends_on=JUNE,
    )  # fmt: skip
    things.bill(JUNE)
    back = words(paper_of(invoice=things.invoice(contract), at=AT))[1]
    [_before, after] = back.split("第10条第1項（乙の解約）」")
    said = registry().latest("business-network").articles["10"].summary_ja
    assert after.startswith("".join(said.split())[:40])


@pytest.mark.parametrize(
    ("method", "shown"),
    [
        ("account_transfer", "ご指定の口座からお引き落としいたします"),
        ("card", "ご登録のカードにご請求いたします"),
        ("convenience_store", "コンビニエンスストアでお支払いください"),
    ],
)
def test_the_front_says_how_it_is_paid(method, shown):
    contract = things.contract()
    bank = {"bank_code": "0001", "branch_code": "001", "account_number": "1234567", "holder_kana": "アオバ"}
    open_account(subscriber=contract.subscriber, by=factories.staff(), method=method, **bank)
    things.bill(JUNE)
    assert shown in words(invoice_pdf(things.invoice(contract)))[0]
    assert BillingAccount.objects.get(subscriber=contract.subscriber).method == method


def test_the_lines_of_a_month_stand_under_the_item_that_they_are_for_each_item_once():
    first, second = (factories.product("hikari-line", name=name) for name in ("一番目の品目", "二番目の品目"))
    option = factories.product("hikari-line", kind=Product.Kind.OPTION)
    for product, amount in ((first, 6000), (second, 9000), (option, 500)):
        things.tariff(product, amount)
    contract = things.contract(product=first)
    contract.options.create(product=option, starts_on=date(2025, 4, 1))
    change_product(contract=contract, product=second, by=factories.staff(), on=date(2025, 6, 16))
    things.bill(JUNE)
    front = words(invoice_pdf(things.invoice(contract)))[0]
    assert [front.count(name) for name in (f"{contract.number}一番目", f"{contract.number}二番目")] == [1, 1]


def test_a_claim_that_was_assigned_names_who_asks_for_the_money():
    partner = factories.partner(role=Partner.Role.BILLING_OPERATOR)
    invoice = billed(partner=partner)
    assert invoice.state == Invoice.State.ASSIGNED
    assert f"債権は{partner.name}に譲渡しました" in words(invoice_pdf(invoice))[0]


def test_a_paper_made_again_has_the_same_bytes_and_is_kept_as_it_was_made():
    invoice = billed()
    pdf = paper_of(invoice=invoice, at=AT)
    assert invoice_pdf(invoice) == pdf
    kept = InvoicePaper.objects.get(invoice=invoice)
    assert kept.sha256 == hashlib.sha256(pdf).hexdigest()
    # A price that is corrected afterwards, or a lost file: the paper stays what was issued.
    TariffPrice.objects.update(note="あとから")
    assert paper_of(invoice=invoice, at=factories.at(date(2026, 7, 2))) == pdf
    (Path(settings.MEDIA_ROOT) / kept.name).unlink()
    assert paper_of(invoice=invoice, at=AT) == pdf


def test_what_is_kept_of_a_paper_cannot_be_changed():
    invoice = billed()
    paper_of(invoice=invoice, at=AT)
    with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
        InvoicePaper.objects.update(sha256="")


def test_the_papers_of_a_chunk_are_made_once_each():
    contracts = [things.contract() for _ in range(3)]
    things.bill(JUNE)
    chunk = RunChunk.objects.get()
    paper_of(invoice=things.invoice(contracts[0]), at=AT)
    assert make_papers(chunk_id=chunk.pk, at=AT) == 2
    assert make_papers(chunk_id=chunk.pk, at=AT) == 0
    assert InvoicePaper.objects.count() == 3
    assert RunChunk.objects.get().papers_at == AT


def test_papers_that_no_worker_made_are_asked_for_again(time_machine, monkeypatch):
    billed()
    asked = []
    monkeypatch.setattr("billing.tasks.papers_soon", asked.append)
    time_machine.move_to(factories.at(date(2025, 7, 1), 9, 20))
    assert tasks.continue_papers() == 0
    time_machine.move_to(factories.at(date(2025, 7, 1), 9, 40))
    assert tasks.continue_papers() == 1
    assert asked == [RunChunk.objects.get().pk]
    assert tasks.make_papers(asked[0]) == 1
    assert tasks.continue_papers() == 0


def test_an_invoice_of_many_lines_numbers_its_pages():
    contract = things.contract()
    for _ in range(40):
        item = factories.product("hikari-line", kind="option")
        things.tariff(item, 100)
        factories.option(contract, product=item, starts_on=JUNE)
    things.bill(JUNE)
    pages = words(invoice_pdf(things.invoice(contract)))
    assert len(pages) > 2
    assert f"1/{len(pages)}" in pages[0]


def test_words_that_look_like_markup_are_printed_as_they_stand():
    name = '#panic() *太* \\ "引用" $x$ // \u0007終'
    contract = things.contract(subscriber=factories.subscriber(name=name.replace("\u0007", "")))
    things.bill(JUNE)
    assert '#panic()*太*\\"引用"$x$//終' in words(invoice_pdf(things.invoice(contract)))[0]
