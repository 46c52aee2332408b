"""An invoice as the words that its paper shows: what templates/billing/invoice.typ sets, in the types of JSON."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from functools import lru_cache
from itertools import count
from typing import Any

from django.utils import translation

from billing.explain import explain_invoices
from billing.models import BillingAccount, Invoice, TaxCategory
from notices.article_words import article_words, place
from notices.facts import day_words
from notices.operator import operator
from notices.typesetting import source, typeset
from terms.article import ArticleRef
from terms.calendar import JAPAN
from terms.errors import TermsError
from terms.registry import pack_for

_TEMPLATE = "billing/invoice.typ"
_FUNCTION = "sheet"

_LONG = 12
"""With more lines than this an invoice takes more than a page and a back, so its pages are numbered."""

_ROUNDED = {"down": "切り捨て", "up": "切り上げ", "half_up": "四捨五入"}
_UNTAXED = {TaxCategory.EXEMPT: "非課税", TaxCategory.OUTSIDE: "不課税"}
_PAID_BY = {
    BillingAccount.Method.ACCOUNT_TRANSFER: ("口座振替", "お支払期限の日に、ご指定の口座からお引き落としいたします。"),
    BillingAccount.Method.CARD: ("カード払い", "ご登録のカードにご請求いたします。お引き落としの日はカード会社によります。"),
    BillingAccount.Method.CONVENIENCE_STORE: ("コンビニ払い", "お支払期限までに、コンビニエンスストアでお支払いください。"),
}  # fmt: skip


def invoice_pdf(invoice: Invoice) -> bytes:
    """The paper of one issued invoice, dated as it was issued: asked again, the same bytes."""
    [sheet] = invoice_sheets([invoice])
    return typeset_sheet(sheet, on=invoice.issued_on)


def typeset_sheet(sheet: Mapping[str, Any], *, on: date | None) -> bytes:
    """The PDF of a sheet of ``invoice_sheets``, dated ``on``."""
    return typeset(_TEMPLATE, _FUNCTION, [sheet], at=issued_at(on))


def invoice_source(sheet: Mapping[str, Any]) -> bytes:
    """What Typst reads for one sheet."""
    return source(_TEMPLATE, _FUNCTION, [sheet])


def issued_at(day: date | None) -> datetime:
    """The moment that stands in the file as its date: the first of the day of issue."""
    assert day is not None, "an issued invoice has a day of issue"
    return datetime.combine(day, time(), tzinfo=JAPAN)


def invoice_sheets(invoices: Sequence[Invoice]) -> list[dict[str, Any]]:
    """A sheet for each issued invoice, in their order. Few queries for many invoices, each with its account's subscriber."""
    with translation.override("ja"):  # whoever asks: a paper has one language
        return [
            _sheet(invoice, told) for invoice, told in zip(invoices, explain_invoices(invoices), strict=True)
        ]


def _sheet(invoice: Invoice, told: Mapping[str, Any]) -> dict[str, Any]:
    assert invoice.issued_on is not None, "an issued invoice has a day of issue"
    assert invoice.due_on is not None, "an issued invoice has a due day"
    account = invoice.account
    return {
        "title": "請求書",
        "subtitle": "適格請求書",
        "number": invoice.number,
        "address": two_lines(invoice.address),
        "recipient": account.subscriber.notice_name.replace(account.subscriber.name, invoice.recipient),
        "opening": "次のとおりご請求いたします。",
        "issuer": issuer(),
        "registration_number": invoice.registration_number,
        "total_name": "ご請求金額（税込）",
        "amount_name": "金額（税抜）",
        "total": f"{invoice.total:,}",
        "facts": [
            ["請求書番号", invoice.number],
            ["発行日", day_words(invoice.issued_on)],
            ["ご利用月", _months(invoice, told["together"])],
            ["お支払期限", day_words(invoice.due_on)],
        ],
        "notes": [*_together(told["together"], invoice.month), *_notes(invoice, account)],
        "sums": sums(told["taxes"]),
        "long": len(told["lines"]) > _LONG,
        **lines_and_back(told["lines"], told["taxes"], invoice.month),
    }


def issuer() -> dict[str, str]:
    """Who speaks, as both kinds of paper name it."""
    speaker = operator()
    return {
        "name": speaker.name,
        "address": speaker.address,
        "phone": speaker.phone,
        "hours": speaker.hours,
    }


def lines_and_back(
    lines: Iterable[Mapping[str, Any]], taxes: Iterable[Mapping[str, Any]], month: date
) -> dict[str, Any]:
    """The lines, contract by contract, and what explains each: price and its version, calculation, tax, article."""
    numbers = count(1)
    groups, explained = [], []
    articles: dict[str, None] = {}  # in the order in which they are cited
    # What goes on beside an item that changed, such as an option, stands between the lines of the one and of the other.
    of_products: dict[tuple[str | None, str | None], list[Mapping[str, Any]]] = {}
    for line in lines:
        of_products.setdefault((line["contract"], line["product"]), []).append(line)
    for (contract, product), mine in of_products.items():
        rows = []
        for line in mine:
            number, amount = str(next(numbers)), f"{line['amount']:,}"
            rows.append([number, line["name"], _period(line), _days(line), amount, _rate(line["tax"])])
            explained.append([number, line["name"], amount, _told(line)])
            articles |= dict.fromkeys(
                [line["article"]["citation"], *(step["article"] for step in line["steps"])]
            )
        groups.append(
            {"name": f"契約番号 {contract}　{product}" if contract else "契約によらないもの", "lines": rows}
        )
    return {
        "groups": groups,
        "explained": explained,
        "articles": [[_cited(citation, month), _summary(citation, month)] for citation in articles],
        "back_note": " ".join(_tax_note(tax) for tax in taxes if tax["category"] == TaxCategory.STANDARD)
        or "消費税のかかる料金はありません。",
    }


def sums(taxes: Iterable[Mapping[str, Any]]) -> list[list[str]]:
    """What is taxed and the tax, once for each rate."""
    rows = []
    for tax in taxes:
        if tax["category"] == TaxCategory.STANDARD:
            rate = _percent(tax["rate"])
            rows += [[f"{rate}対象（税抜）", f"{tax['net']:,}"], [f"消費税額等（{rate}）", f"{tax['tax']:,}"]]
        else:
            rows.append([f"{_UNTAXED[tax['category']]}の計", f"{tax['net']:,}"])
    return rows


def _months(invoice: Invoice, together: Mapping[str, Any] | None) -> str:
    last = f"{invoice.month.year}年{invoice.month.month}月"
    return f"{_month(together['from'])}から{last}まで" if together else last


def _month(month: str) -> str:
    year, number = month.split("-")
    return f"{year}年{int(number)}月"


def _together(together: Mapping[str, Any] | None, month: date) -> Iterator[list[str]]:
    if together:
        consented = day_words(date.fromisoformat(together["consented_on"]))
        article = _cited(together["article"]["citation"], month)
        yield ["一括後払い", f"{consented}のご承諾により、まとめてご請求いたします（{article}）。"]


def _notes(invoice: Invoice, account: BillingAccount) -> list[list[str]]:
    speaker = operator()
    if invoice.partner:
        paid = [
            "お支払い",
            f"この料金の債権は{invoice.partner.name}に譲渡しました。ご請求は同社からいたします。",
        ]
    elif account.method in _PAID_BY:
        paid = list(_PAID_BY[BillingAccount.Method(account.method)])
    else:
        paid = ["お振込先", f"{speaker.bank_account}　振込名義の前に請求書番号をご記入ください。"]
    return [paid, ["お問い合わせ", f"{speaker.phone}（{speaker.hours}）　{speaker.email}"]]


def _told(line: Mapping[str, Any]) -> str:
    """How one line came to its yen, as one paragraph."""
    words = []
    tariff = line["tariff"]
    if tariff and tariff["agreed"] is not None:
        words.append(f"単価{tariff['agreed']:,}円（{tariff['name']}、個別の合意による）")
    elif tariff and tariff["price"] is not None:
        since = day_words(date.fromisoformat(tariff["valid_from"]))
        words.append(f"単価{tariff['price']:,}円（{tariff['name']}、{since}から、{tariff['source_label']}）")
    words += [step["text"] for step in line["steps"]]
    words.append(f"円未満は{_ROUNDED[line['rounding']]}" if line["days"] or line["steps"] else "定額")
    words.append(f"税 {_rate(line['tax'])}")
    words.append(f"根拠 {_place(line['article']['citation'])}")
    return "。".join(words) + "。"


def _tax_note(tax: Mapping[str, Any]) -> str:
    rate, rounded = _percent(tax["rate"]), _ROUNDED[tax["rounding"]]
    return f"消費税は{rate}対象の合計{tax['net']:,}円に一度だけかけ、円未満は{rounded}で{tax['tax']:,}円です（{_place(tax['article'])}）。"


def _period(line: Mapping[str, Any]) -> str:
    first, last = line["from"].replace("-", "/"), line["through"].replace("-", "/")
    return first if first == last else f"{first} – {last}"


def _days(line: Mapping[str, Any]) -> str:
    if line["days"] is None:
        return ""
    return (
        f"{line['days']}/{line['of_days']}日"
        if line["of_days"] and line["of_days"] != line["days"]
        else f"{line['days']}日"
    )


def _rate(tax: Mapping[str, str]) -> str:
    return (
        _percent(tax["rate"])
        if tax["category"] == TaxCategory.STANDARD
        else _UNTAXED[TaxCategory(tax["category"])]
    )


@lru_cache(maxsize=64)
def _percent(rate: str) -> str:
    return f"{float(rate) * 100:g}%"


@lru_cache(maxsize=4096)
def _place(citation: str) -> str:
    """The document and the place in it, without the title of the article."""
    try:
        ref = ArticleRef.parse(citation)
        pack = pack_for(ref.pack, date.max, earliest=True)
    except (ValueError, TermsError):
        return citation
    return place(ref.number) if pack.law else f"{pack.title} {place(ref.number)}"


@lru_cache(maxsize=4096)
def _cited(citation: str, on: date) -> str:
    """The article with the titles of its document and of itself, as in force on a day; as it stands where it is gone."""
    try:
        return article_words(ArticleRef.parse(citation), on)
    except (ValueError, TermsError):
        return citation


def _summary(citation: str, on: date) -> str:
    """What the article says, in our words; empty where it is gone."""
    try:
        ref = ArticleRef.parse(citation)
        found = pack_for(ref.pack, on, earliest=True).articles.get(ref.head)
    except (ValueError, TermsError):
        return ""
    return found.summary_ja if found else ""


def two_lines(address: str) -> list[str]:
    """The address with the postal code on a line of its own."""
    first, _, rest = address.partition(" ")
    return [first, rest]
