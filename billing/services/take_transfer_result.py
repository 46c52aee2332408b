"""Take what the banks answered to an account-transfer request."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from billing.models import BankFile, CollectionAccount, Payment, TransferLine
from billing.services.keep_bank_file import came_before, keep_bank_file
from billing.services.record_payment import record_payment
from billing.zengin import account_transfer as zengin
from billing.zengin.errors import ZenginError
from contracts.moments import japan_date
from notices.services.send_notice import send_notice
from terms.registry import pack_for, rule_for
from terms.rules.payment_allocation import PaymentAllocation
from workflow.models import User


def take_transfer_result(*, content: bytes, name: str, by: User, at: datetime) -> BankFile:
    """Record what was debited as payments of the debit day, and tell the others why theirs failed.

    What failed can be asked for again. The same file twice, or answers that are known already, change nothing.
    ValidationError for a file that is none, that answers no request of ours, or that contradicts it: nothing changes.
    """
    known = came_before(BankFile.Kind.TRANSFER_RESULT, content)
    if known:
        return known
    try:
        transfer = zengin.read(content)
    except ZenginError as error:
        raise ValidationError({"content": str(error)}) from None
    with transaction.atomic():
        request = _request(transfer, at)
        lines = {
            line.customer_number: line
            for line in request.lines.select_for_update(of=("self",)).select_related("account", "invoice")
        }
        answered = _answers(transfer, lines)
        file = keep_bank_file(
            kind=BankFile.Kind.TRANSFER_RESULT,
            content=content,
            name=name,
            account=request.account,
            count=len(transfer.debits),
            amount=sum(debit.amount for debit in transfer.debits if debit.result == zengin.PAID),
            by=by,
            at=at,
            debit_on=request.debit_on,
            answers=request,
        )
        for line, result in answered:
            _take(line, result, file, by, at)
    return file


def _request(transfer: zengin.Transfer, at: datetime) -> BankFile:
    """The latest request of this collector for this day; a result can only come on its day or later."""
    account = CollectionAccount.objects.filter(collector_code=transfer.collector.code).first()
    numbers = [debit.customer_number for debit in transfer.debits]
    requests = BankFile.objects.filter(
        kind=BankFile.Kind.TRANSFER_REQUEST, account=account, lines__customer_number__in=numbers[:1]
    ).order_by("-debit_on", "-id")
    coming = None
    for request in requests:
        if request.debit_on is None or not transfer.is_for(request.debit_on):
            continue
        if request.debit_on <= japan_date(at):
            return request
        coming = request.debit_on
    if coming:
        raise ValidationError(
            {
                "content": _(
                    "The banks debit on %(day)s; this result cannot be taken before. Take it on that day or later."
                )
                % {"day": date_format(coming)}
            }
        )
    raise ValidationError(
        {
            "content": _("No request of collector %(code)s for %(day)s is known that has these records.")
            % {"code": transfer.collector.code, "day": f"{transfer.debit_day[:2]}/{transfer.debit_day[2:]}"}
        }
    )


def _answers(transfer: zengin.Transfer, lines: dict[str, TransferLine]) -> list[tuple[TransferLine, str]]:
    """The lines that are answered here for the first time. ValidationError names every record that contradicts ours."""
    found, wrong = [], []
    for number, debit in enumerate(transfer.debits, 2):
        line = lines.get(debit.customer_number)
        if line is None or line.amount != debit.amount:
            wrong.append(_("Record %(number)s is not what was asked for.") % {"number": number})
        elif line.result and debit.result and line.result != debit.result:
            wrong.append(_("Record %(number)s was answered otherwise before.") % {"number": number})
        elif debit.result and not line.result:
            found.append((line, debit.result))
    if wrong:
        raise ValidationError({"content": wrong[:20]})
    return found


def _take(line: TransferLine, result: str, file: BankFile, by: User, at: datetime) -> None:
    assert file.debit_on
    line.result, line.result_file = result, file
    if result == zengin.PAID:
        line.payment = record_payment(
            account=line.account,
            amount=line.amount,
            paid_on=file.debit_on,
            method=Payment.Method.ACCOUNT_TRANSFER,
            reference=f"transfer:{line.pk}",
            by=by,
            at=at,
        )
    line.save(update_fields=["result", "result_file", "payment"])
    if result != zengin.PAID:
        _tell(line, file, at)


def _tell(line: TransferLine, file: BankFile, at: datetime) -> None:
    invoice = line.invoice
    send_notice(
        occasion="transfer_failed",
        recipient=line.account.subscriber,
        about=invoice,
        article=rule_for(pack_for(invoice.terms_code, japan_date(at)), PaymentAllocation).article,
        facts={
            "invoice_number": invoice.number,
            "month": invoice.month,
            "amount": line.amount,
            "debit_on": file.debit_on,
            "reason": _REASONS.get(line.result, "その他の理由"),
        },
        at=at,
    )


# For the notice, in Japanese.
_REASONS = {
    "1": "預金残高が不足していたため",
    "2": "お届けの口座との取引がないため",
    "3": "預金者のご都合による振替停止のため",
    "4": "預金口座振替依頼書が届いていないため",
    "8": "当社の都合による振替停止のため",
}
