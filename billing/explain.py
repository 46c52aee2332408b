"""Why an invoice is that many yen: line by line, from the price version to the days, the rounding, the tax and the article."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from billing.falling_due import accelerations_of, due_of
from billing.lumps import lumps_of
from billing.models import Charge, CreditNoteTax, Invoice, InvoiceTax, LumpPayment, Tariff, TariffPrice
from contracts.models import Acceleration, ProductChange
from terms.article import AGREED, ArticleRef
from terms.calendar import Month
from terms.errors import TermsError
from terms.pack import Pack
from terms.registry import pack_for, rule_for
from terms.result import Line
from terms.rules.consumption_tax import ConsumptionTax
from terms.texts import Language, describe


def explain_invoice(invoice: Invoice, *, language: Language = "ja") -> dict[str, Any]:
    """An invoice in the types of JSON: its lines as ``explain_charge`` gives them, its taxes, its total and what was paid."""
    return explain_invoices([invoice], language=language)[0]


def explain_invoices(invoices: Sequence[Invoice], *, language: Language = "ja") -> list[dict[str, Any]]:
    """``explain_invoice`` of each, with six queries for all of them."""
    charges: dict[int, list[Charge]] = {invoice.pk: [] for invoice in invoices}
    found = Charge.objects.filter(invoice__in=charges).select_related("tariff", "contract__product")
    for charge in found.order_by("invoice_id", "contract_id", "id"):
        charges[charge.invoice_id].append(charge)  # type: ignore[index]  # by the filter each has one
    taxes: dict[int, list[InvoiceTax]] = {}
    for tax in InvoiceTax.objects.filter(invoice__in=charges):
        taxes.setdefault(tax.invoice_id, []).append(tax)
    known = _known([charge for mine in charges.values() for charge in mine])
    accelerated = accelerations_of(invoices)
    lumps = lumps_of(invoices)
    return [
        {
            **_invoice(invoice, charges[invoice.pk], taxes.get(invoice.pk, []), known, language),
            "due": _due(invoice, accelerated.get(invoice.pk), language),
            "together": _together(lumps.get(invoice.pk), language),
        }
        for invoice in invoices
    ]


class _Known(NamedTuple):
    """What the explanations of some charges share: by tariff the versions of its price, the oldest first, and by contract
    the days from which its product was another, each with the name of the one before."""

    prices: dict[int, list[TariffPrice]]
    products: dict[int, list[tuple[date, str]]]

    def product(self, charge: Charge) -> str | None:
        """The name of the product that the contract had on the first day of a charge."""
        if charge.contract is None:
            return None
        changes = self.products.get(charge.contract.pk, ())
        return next(
            (name for day, name in changes if charge.period.lower < day), charge.contract.product.name
        )


def _due(invoice: Invoice, found: Acceleration | None, language: Language) -> dict[str, Any] | None:
    """When it is due, and what made it due before the day printed on it; None for a draft."""
    if invoice.due_on is None:
        return None
    told: dict[str, Any] = {
        "on": due_of(invoice, found).isoformat(),
        "printed": invoice.due_on.isoformat(),
        "because": None,
    }
    if found is not None:
        pack = pack_for(found.terms_code, found.recorded_on, earliest=True)
        told["because"] = {
            "fell_due_on": found.accelerated_on.isoformat(),
            "reason": found.reason,
            "ground": found.ground_article,
            "article": _article(found.article, pack, language),
        }
    return told


def _together(found: LumpPayment | None, language: Language) -> dict[str, Any] | None:
    """The months that it asks for at once, and the consent to that; None for an invoice of one month."""
    if found is None:
        return None
    pack = pack_for(found.terms_code, found.consented_on, earliest=True)
    return {
        "from": found.first_month.isoformat()[:7],
        "through": found.last_month.isoformat()[:7],
        "consented_on": found.consented_on.isoformat(),
        "article": _article(found.article, pack, language),
    }


def _invoice(
    invoice: Invoice,
    charges: list[Charge],
    taxes: list[InvoiceTax],
    known: _Known,
    language: Language,
) -> dict[str, Any]:
    last_day = Month.of(invoice.month).last
    rule = rule_for(pack_for(invoice.terms_code, last_day, earliest=True), ConsumptionTax, on=last_day)
    return {
        "number": invoice.number,
        "terms": invoice.terms_code,
        "month": invoice.month.isoformat()[:7],
        "lines": [_charge(charge, known, language) for charge in charges],
        "taxes": [tax_told(tax, rule) for tax in taxes],
        "total": invoice.total,
        "paid": invoice.paid,
        "open": invoice.open_amount,
    }


def explain_charge(charge: Charge, *, language: Language = "ja") -> dict[str, Any]:
    """One charge: its days, the tariff with the version of its price, the steps of the rule in words, rounding, tax, article."""
    return _charge(charge, _known([charge]), language)


def explain_charges(charges: Sequence[Charge], *, language: Language = "ja") -> list[dict[str, Any]]:
    """``explain_charge`` of each."""
    known = _known(charges)
    return [_charge(charge, known, language) for charge in charges]


def step_in_words(stored: Mapping[str, Any], language: Language = "ja") -> str:
    """One stored step of a calculation as a sentence."""
    line = Line(
        text=stored["text"],
        article=ArticleRef.parse(stored["article"]),
        amount=stored.get("amount", 0),
        from_=_moment(stored.get("from")),
        to=_moment(stored.get("to")),
        days=stored.get("days"),
        rate=stored.get("rate"),
    )
    return describe(line, language)


def _charge(charge: Charge, known: _Known, language: Language) -> dict[str, Any]:
    pack = pack_for(charge.terms_code, charge.period.lower, earliest=True)
    return {
        "name": charge.name,
        "kind": charge.kind,
        "contract": charge.contract.number if charge.contract else None,
        "product": known.product(charge),
        "source": charge.source or None,
        "from": charge.period.lower.isoformat(),
        "through": (charge.period.upper - timedelta(days=1)).isoformat(),
        "days": charge.days,
        "of_days": charge.of_days,
        "unit_price": charge.unit_price,
        "amount": charge.amount,
        "tariff": _tariff(charge, known.prices),
        "steps": [
            {
                "text": step_in_words(stored, language),
                "article": stored["article"],
                "amount": stored.get("amount", 0),
            }
            for stored in charge.explanation
        ],
        "rounding": pack.rounding.credits if charge.amount < 0 else pack.rounding.charges,
        "tax": {"category": charge.tax_category, "rate": _rate(charge.tax_rate)},
        "article": _article(charge.article, pack, language),
    }


def _tariff(charge: Charge, prices: dict[int, list[TariffPrice]]) -> dict[str, Any] | None:
    """The tariff and the version of its price in force on the first day charged, and the price ``agreed`` in its place with this
    subscriber alone; None for what no tariff prices."""
    tariff = charge.tariff
    if tariff is None:
        return None
    versions = [price for price in prices.get(tariff.pk, []) if price.valid_from <= charge.period.lower]
    price = versions[-1] if versions else None
    source = Tariff.Source((price.source if price else "") or tariff.source)
    return {
        "code": tariff.code,
        "name": tariff.name,
        "valid_from": price.valid_from.isoformat() if price else None,
        "price": price.amount if price else None,
        "note": price.note if price else "",
        "source": source.value,
        "source_label": str(source.label),
        "agreed": charge.unit_price if _is_agreed(charge, price) else None,
    }


def _is_agreed(charge: Charge, price: TariffPrice | None) -> bool:
    """Whether the price was agreed with this subscriber alone, so that the tariff's is not the one that was charged."""
    return AGREED in charge.article and price is not None and price.amount != charge.unit_price


def _known(charges: Sequence[Charge]) -> _Known:
    known = _Known({}, {})
    tariffs = {charge.tariff_id for charge in charges if charge.tariff_id}
    for price in TariffPrice.objects.filter(tariff__in=tariffs).order_by("valid_from"):
        known.prices.setdefault(price.tariff_id, []).append(price)
    contracts = {charge.contract_id for charge in charges if charge.contract_id}
    changes = ProductChange.objects.filter(contract__in=contracts).order_by("on")
    for contract_id, day, name in changes.values_list("contract_id", "on", "old__name"):
        known.products.setdefault(contract_id, []).append((day, name))
    return known


def tax_told(tax: InvoiceTax | CreditNoteTax, rule: ConsumptionTax) -> dict[str, Any]:
    """Net and tax of one rate, how the tax was rounded and on which article."""
    return {
        "category": tax.tax_category,
        "rate": _rate(tax.rate),
        "net": tax.net,
        "tax": tax.tax,
        "rounding": rule.rounding,
        "article": str(rule.article),
    }


def _rate(rate: Any) -> str:
    """0.10, however many places the database keeps."""
    return f"{rate:.3f}".removesuffix("0")


def _article(text: str, pack: Pack, language: Language) -> dict[str, str]:
    """The citation with the title of its article, and in our words what it says."""
    found = None
    try:
        ref = ArticleRef.parse(text)
        of = pack if ref.pack == pack.code else pack_for(ref.pack, pack.effective, earliest=True)
        found = of.articles.get(ref.head)
    except (ValueError, TermsError):  # a citation of a version that is gone is shown as it stands
        pass
    summary = (found.summary_ja if language == "ja" else found.summary) if found else ""
    return {"citation": text, "title": found.title if found else "", "summary": summary}


def _moment(text: str | None) -> date | datetime | None:
    if text is None:
        return None
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
