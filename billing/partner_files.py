"""The files that go to partners: the statement of a remittance, and the list of our charges to ask for.

Their headings are Japanese whatever the language of the screen: the file is for the partner. No names or addresses stand in
them; a partner knows its charges by its own references, and ours by our contract number.
"""

from collections.abc import Iterator

from billing.csv_file import written
from billing.falling_due import with_falling_due
from billing.models import Invoice, PartnerList, PartnerRemittance

STATEMENT = ("照会番号", "契約番号", "料金", "利用開始日", "利用終了日の翌日", "請求書番号", "送金額")
LIST = ("照会番号", "契約番号", "請求書番号", "請求月", "支払期日", "金額", "回収額", "入金日")


def statement_lines(remittance: PartnerRemittance) -> Iterator[str]:
    """Each charge with what is remitted of it, then the sums: yen with the partner's tax, our fee with ours, what is paid."""
    lines = remittance.lines.select_related("claim__charge__invoice", "claim__charge__contract")
    blank = [""] * 5

    def rows() -> Iterator[tuple[object, ...]]:
        yield STATEMENT
        for line in lines.order_by("claim_id"):
            charge = line.claim.charge
            yield (
                line.claim.reference,
                charge.contract.number if charge.contract else "",
                charge.name,
                charge.period.lower.isoformat(),
                charge.period.upper.isoformat(),
                charge.invoice.number if charge.invoice else "",
                line.amount,
            )
        yield ("合計", *blank, remittance.collected)
        yield ("回収手数料", *blank, -remittance.fee)
        yield (f"消費税（{remittance.fee_rate:.0%}）", *blank, -remittance.fee_tax)
        yield ("差引送金額", *blank, remittance.amount)

    return written(rows())


def list_lines(made: PartnerList) -> Iterator[str]:
    """Each sum to ask for; the partner fills in the last two columns and sends the first and these back."""
    lines = made.lines.select_related("agency__contract", "invoice").order_by("id")
    due = dict(
        with_falling_due(Invoice.objects.filter(partner_lines__list=made)).values_list("pk", "falls_due")
    )

    def rows() -> Iterator[tuple[object, ...]]:
        yield LIST
        for line in lines:
            yield (
                line.pk,
                line.agency.contract.number,
                line.invoice.number,
                f"{line.invoice.month:%Y-%m}",
                due[line.invoice_id].isoformat(),
                line.amount,
                "",
                "",
            )

    return written(rows())
