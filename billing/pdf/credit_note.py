"""A credit note (適格返還請求書) on paper, through the same template as invoices."""

from typing import Any

from django.utils import translation

from billing.explain import explain_charges, tax_told
from billing.models import CreditNote, CreditNoteLine
from billing.pdf.sheet import issuer, lines_and_back, sums, two_lines, typeset_sheet
from notices.facts import day_words
from notices.operator import operator
from terms.calendar import Month
from terms.registry import pack_for, rule_for
from terms.rules.consumption_tax import ConsumptionTax


def credit_note_pdf(note: CreditNote) -> bytes:
    """The paper of a credit note, dated as it was issued: asked again, the same bytes."""
    return typeset_sheet(credit_note_sheet(note), on=note.issued_on)


def credit_note_sheet(note: CreditNote) -> dict[str, Any]:
    """The words of the paper: what the law wants on a return invoice, and the invoice that it answers."""
    invoice = note.invoice
    assert invoice.issued_on is not None, "an issued invoice has a day of issue"
    lines = list(note.lines.select_related("charge__tariff", "charge__contract__product").order_by("id"))
    with translation.override("ja"):
        told = explain_charges([line.charge for line in lines])
        for line, words in zip(lines, told, strict=True):
            words["amount"] = line.amount
            words["steps"].insert(0, {"text": _part(line), "article": line.charge.article})
        rule = rule_for(
            pack_for(invoice.terms_code, note.issued_on, earliest=True),
            ConsumptionTax,
            on=Month.of(invoice.month).last,
        )
        taxes = [tax_told(tax, rule) for tax in note.taxes.all()]
        speaker = operator()
        return {
            "title": "返還請求書",
            "subtitle": "適格返還請求書",
            "number": note.number,
            "address": two_lines(note.address),
            "recipient": invoice.account.subscriber.notice_name.replace(
                invoice.account.subscriber.name, note.recipient
            ),
            "opening": "次のとおり減額いたします。",
            "issuer": issuer(),
            "registration_number": note.registration_number,
            "total_name": "減額する金額（税込）",
            "amount_name": "減額（税抜）",
            "total": f"{note.total:,}",
            "facts": [
                ["返還請求書番号", note.number],
                ["発行日", day_words(note.issued_on)],
                ["もとの請求書", str(invoice.number)],
                ["その発行日", day_words(invoice.issued_on)],
                ["ご利用月", f"{invoice.month.year}年{invoice.month.month}月"],
            ],
            "notes": [
                ["理由", note.reason],
                ["お支払い済みの分", "ほかのご請求に充て、残りはお預かりいたします。"],
                ["お問い合わせ", f"{speaker.phone}（{speaker.hours}）　{speaker.email}"],
            ],
            "sums": sums(taxes),
            "long": len(lines) > 12,
            **lines_and_back(told, taxes, invoice.month),
        }


def _part(line: CreditNoteLine) -> str:
    """How much of what was asked for is given back. All figures of the paper are what is given back, its lines as its sums; below
    nothing is what had been taken off before and is asked for after all."""
    asked, back = line.charge.amount, line.amount
    if asked < 0:
        return f"先に減額した{-asked:,}円（税抜）のうち{-back:,}円の減額を取り消します"
    return f"ご請求した{asked:,}円（税抜）のうち{back:,}円を減額します"
