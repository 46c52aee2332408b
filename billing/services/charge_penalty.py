"""割増金: what somebody owes who evaded a charge unlawfully."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from billing.models import BillingAccount, Charge, TaxCategory, TaxRate
from contracts.models import Contract
from contracts.moments import japan_date
from contracts.services.note_change import note_change
from terms.rules.penalty import Penalty, PenaltyFacts, penalty
from workflow.models import User


def charge_penalty(
    *, contract: Contract, evaded: int, taxable: bool, reference: str, reason: str, by: User, at: datetime
) -> list[Charge]:
    """The evaded sum (yen without tax) and the document's penalty on it, waiting for the next invoice.

    ``taxable``: whether the evaded charge bears tax. ``reference`` tells one evasion from another. Somebody decided so, and
    the contract's history says who and why. ValidationError where the document has no penalty, where this evasion is
    charged already, or the sum or the reason is missing.
    """
    on = japan_date(at)
    pack = contract.pack(on)
    rule = pack.rule(Penalty) if pack.has(Penalty) else None
    if rule is None or not rule.multiple:
        raise ValidationError(_("The document of this contract has no penalty."))
    if evaded <= 0:
        raise ValidationError({"evaded": _("Say how many yen were evaded.")})
    if not reason.strip():
        raise ValidationError({"reason": _("Say what was done.")})
    sources = (f"evaded:{reference}", f"penalty:{reference}")
    rate = TaxRate.objects.filter(valid_from__lte=on).order_by("-valid_from").first()
    facts = PenaltyFacts(evaded=evaded, taxable=taxable, tax_rate=rate.rate if rate else Decimal(0))
    result = penalty(rule, facts)
    taxed = len(result.lines) > 1
    with transaction.atomic():
        account = BillingAccount.objects.select_for_update(of=("self",)).get(
            subscriber=contract.subscriber_id
        )
        if Charge.objects.filter(contract=contract, source__in=sources).exists():
            raise ValidationError({"reference": _("This evasion is charged already.")})
        note_change(contract, "penalty", by=by, on=on, reason=reason, article=rule.article)
        rows: tuple[tuple[str, str, str, int, bool, list[Any]], ...] = (
            (Charge.Kind.ADJUSTMENT, sources[0], "免れた料金", evaded, taxable, []),
            (
                Charge.Kind.PENALTY,
                sources[1],
                "割増金",
                result.lines[0].amount or 0,
                taxed,
                [line.as_dict() for line in result.lines],
            ),
        )
        return [
            Charge.objects.create(
                account=account,
                terms_code=contract.terms_code,
                contract=contract,
                kind=kind,
                source=source,
                name=name,
                period=(on, on + timedelta(1)),
                unit_price=amount,
                amount=amount,
                tax_category=TaxCategory.STANDARD if bears_tax else TaxCategory.EXEMPT,
                tax_rate=facts.tax_rate if bears_tax else Decimal(0),
                article=str(rule.article),
                explanation=lines,
            )
            for kind, source, name, amount, bears_tax, lines in rows
        ]
