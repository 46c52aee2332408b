"""Interconnection has stopped: halt the line until the contract ends by itself (接続休止)."""

from datetime import date

from django.db import transaction

from contracts.guards.halt import halt_of, may_halt
from contracts.models import Contract, ContractOption, Ending
from contracts.moments import japan_date
from contracts.services.announce_halt import HALT
from contracts.services.follow_ending import follow_ending
from contracts.services.halt_outage import begin_halt_outage
from notices.models import Notice
from notices.selectors import dispatched_notice
from terms.article import ArticleRef
from terms.refusal import Refusal
from workflow.errors import Refused
from workflow.models import User
from workflow.services.perform import perform


def halt_contract(*, contract: Contract, by: User, on: date) -> Ending:
    """The line is halted from ``on``, and down from then on; the contract ends with the last day that the notice named.

    Refused where the document knows no halt, the notice was not dispatched on an earlier day, or its day has not come.
    WrongState unless the contract is active.
    """
    article, notice = announced_halt(contract, on=on)
    ends_on = date.fromisoformat(notice.facts["ends_on"])
    with transaction.atomic():
        perform(
            contract, "halt", by=by, on=on, reason=notice.facts["reason"], article=article, ends_on=ends_on
        )
        ending = Ending.objects.create(
            contract=contract,
            by=Ending.By.AUTOMATIC,
            article=str(article),
            reason=notice.facts["reason"],
            declared_on=on,
            ends_on=ends_on,
            notice=notice,
        )
        begin_halt_outage(contract=contract, by=by, on=on, reason=notice.facts["reason"])
        follow_ending(ending=ending, on=on)
    return ending


def announced_halt(halted: Contract | ContractOption, *, on: date) -> tuple[ArticleRef, Notice]:
    """The article under which a contract or an option may be halted on ``on``, and the notice that came first.

    Refused as halt_contract.
    """
    contract = halted if isinstance(halted, Contract) else halted.contract
    table = halt_of(contract.pack(on), "contract" if contract is halted else "option")
    if isinstance(table, Refusal):
        raise Refused(table)
    notice = dispatched_notice(halted, HALT)
    refusal = may_halt(
        table.article,
        dispatched_on=japan_date(notice.dispatched_at) if notice and notice.dispatched_at else None,
        starts_on=date.fromisoformat(notice.facts["starts_on"]) if notice else on,
        on=on,
    )
    if refusal:
        raise Refused(refusal)
    assert notice
    return table.article, notice
