"""Issue the number with which a line moves to another provider."""

from datetime import date

from django.db import transaction
from django.utils.crypto import get_random_string

from contracts.guards.approval_number import first_letter
from contracts.models import ApprovalNumber, Contract, LineOrigin, Request
from contracts.services.note_change import note_change
from contracts.services.tell import tell
from terms.registry import rule_for
from terms.rules.approval_number import ApprovalNumber as Rule
from terms.rules.approval_number import ApprovalNumberFacts, approval_number
from workflow.models import User


def issue_approval_number(*, contract: Contract, by: User, on: date, request: Request) -> ApprovalNumber:
    """A number good for the days of the rule, the day of issue being the first. It voids one that was not used yet."""
    pack = contract.pack(on)
    rule = rule_for(pack, Rule, on=on)
    valid_through = approval_number(rule, ApprovalNumberFacts(issued=on)).valid_through
    article = pack.provider_change.article if pack.provider_change else rule.article
    line = contract.line
    letter = first_letter(LineOrigin.Kind.PROVIDER_CHANGE, line.prefecture if line else "")
    with transaction.atomic():
        Contract.objects.select_for_update().get(pk=contract.pk)
        contract.approval_numbers.filter(voided_on__isnull=True, used_on__isnull=True).update(voided_on=on)
        start = f"{letter}{valid_through:%m%d}"
        text = start + get_random_string(6, "0123456789")
        while ApprovalNumber.objects.filter(number=text).exists():
            text = start + get_random_string(6, "0123456789")
        number = ApprovalNumber.objects.create(
            contract=contract, request=request, number=text, issued_on=on, valid_through=valid_through
        )
        note_change(contract, "issue_approval_number", by=by, on=on, reason=text, article=article)
        tell(
            contract,
            "approval_number_issued",
            on=on,
            article=article,
            about=request,
            approval_number=text,
            valid_through=valid_through,
        )
    return number
