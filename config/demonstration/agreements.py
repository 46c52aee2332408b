"""Billing and credit control: what is agreed on how somebody pays: later, several months together, in advance, in instalments."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from billing.models import BillingAccount, InstalmentPlan, Invoice, Payment
from billing.selectors import open_invoices
from billing.services.agree_instalments import agree_instalments
from billing.services.agree_lump_payment import agree_lump_payment
from billing.services.record_promise import record_promise
from billing.services.take_advance import take_advance
from config.demonstration.world import World, documents
from contracts.models import Contract, Work
from terms.pack import Pack
from terms.rules.arrears import Arrears
from terms.rules.instalment_balance import InstalmentBalance
from terms.rules.instalment_intake import InstalmentIntake


def promise(world: World) -> bool:
    """Somebody who is late writes when the money comes, and the operator waits until then."""
    overdue = Invoice.objects.filter(
        state=Invoice.State.ISSUED, due_on__lt=world.today, promises__isnull=True, partner__isnull=True
    ).select_related("account__subscriber")
    codes = [pack.code for pack in documents(world.today) if pack.has(Arrears)]
    late = [each for each in overdue.filter(terms_code__in=codes).order_by("-pk")[:20] if each.is_open]
    if not late:
        return False
    record_promise(
        invoice=late[0],
        pay_by=world.today + timedelta(days=20),
        writing=f"{world.today:%Y年%-m月%-d日}付けの電子メール",
        by=world.staff["credit"],
        on=world.today,
    )
    return True


def pay_together(world: World) -> bool:
    """Two months come on one invoice, where the document lets them."""
    for pack in documents(world.today):
        if pack.lump_payment and (account := _account(world, pack)):
            agree_lump_payment(
                account=account,
                terms_code=pack.code,
                first_month=world.today,
                months=pack.lump_payment.least_months,
                consented_on=world.today,
                evidence="同意書（受付で保管）",
                reason="請求システムの更改に伴い、当月分を翌月分と併せて請求するため",
                by=world.staff["billing"],
                on=world.today,
            )
            return True
    return False


def pay_in_advance(world: World) -> bool:
    """Somebody who is away for long, and owes nothing, pays for the time to come."""
    for pack in documents(world.today):
        account = _account(world, pack) if pack.advance_payment else None
        if account and not open_invoices(account=account).exists():
            take_advance(
                account=account,
                terms_code=pack.code,
                amount=30_000,
                paid_on=world.today,
                method=Payment.Method.BANK_DEPOSIT,
                reference=f"前受 {world.today:%Y%m%d}",
                wish="長期の出張中の料金をあらかじめ支払いたいとの申出（電話）",
                by=world.staff["billing"],
                at=world.at(11),
            )
            return True
    return False


def ask_for_instalments(world: World, pack: Pack) -> dict[str, Any]:
    """What planning an opening work is told where it is the one that somebody pays in instalments; else nothing."""
    wanted = pack.has(InstalmentBalance) and bool(world.untried("recorded", [_PLAN], str))
    if wanted:
        world.take_up("recorded", _PLAN)
    return {"instalments": True, "instalments_asked": _asked(world, pack)} if wanted else {}


def pay_in_instalments(world: World, work: Work) -> None:
    """As it was asked for."""
    agree_instalments(
        work=work,
        by=world.staff["billing"],
        requested=_asked(world, work.contract.pack(world.today)),
        dwelling=work.contract.product.dwelling,
        first_month=world.today,
    )


def _asked(world: World, pack: Pack) -> date:
    """As if it had been while the document took them: made up, since by now nobody waits for such a work."""
    return min(pack.rule(InstalmentIntake).last_day or world.today, world.today)


def _account(world: World, pack: Pack) -> BillingAccount | None:
    """Of somebody with a contract under the document and nothing agreed yet."""
    contract: Contract | None = world.some(
        pack.code,
        subscriber__billing_account__isnull=False,
        subscriber__billing_account__lump_payments__isnull=True,
        product__partner__isnull=True,
    )
    return BillingAccount.objects.get(subscriber=contract.subscriber) if contract else None


_PLAN = str(InstalmentPlan._meta.model_name)
ENTRIES: Mapping[str, Callable[[World], bool]] = {
    "promise to pay": promise,
    "months paid together": pay_together,
    "paid in advance": pay_in_advance,
}
