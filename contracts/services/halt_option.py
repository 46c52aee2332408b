"""Interconnection for one option has stopped: halt it until it is abolished by itself, while the contract goes on (接続休止)."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from contracts.models import ContractOption, OptionHalt
from contracts.models.contract import LIVE_STATES
from contracts.services.add_option import RUNNING
from contracts.services.halt_contract import announced_halt
from contracts.services.note_change import note_change
from contracts.services.tell import tell
from terms.article import ArticleRef
from workflow.models import User
from workflow.selectors import clock_user


def halt_option(*, option: ContractOption, by: User, on: date) -> OptionHalt:
    """The option is halted from ``on`` and abolished with the last day that the notice named (isp-access 24).

    It is charged for as one given up with that day. Refused where the document halts no options, the notice was not
    dispatched on an earlier day, or its day has not come. ValidationError where the contract does not run or does not
    carry the option any more.
    """
    contract = option.contract
    article, notice = announced_halt(option, on=on)
    with transaction.atomic():
        option = ContractOption.objects.select_for_update(of=("self",)).get(pk=option.pk)
        if contract.state not in RUNNING or not option.may_be_halted(on):
            raise ValidationError(
                {"option": _("The contract does not carry “%(product)s” on that day.") % {"product": option}}
            )
        halt = OptionHalt(
            option=option,
            starts_on=on,
            ends_on=max(on, date.fromisoformat(notice.facts["ends_on"])),
            reason=notice.facts["reason"],
            article=str(article),
            notice=notice,
        )
        halt.full_clean()
        halt.save()
        option.ends_on = min(halt.ends_on, option.ends_on or halt.ends_on)
        option.save(update_fields=["ends_on"])
        note_change(contract, "halt_option", by=by, on=on, reason=option.product.name, article=article)
    return halt


def end_halted_options(*, on: date) -> int:
    """Tell of every halted option whose last day lies before ``on``; returns how many were told. Safe to run twice.

    One that its subscriber gave up sooner, or that went with its contract, is closed without a word.
    """
    told = 0
    due = OptionHalt.objects.filter(done_on__isnull=True, ends_on__lt=on).select_related(
        "option__product", "option__contract__subscriber", "option__contract__product"
    )
    for halt in due:
        contract, option, article = halt.option.contract, halt.option, ArticleRef.parse(halt.article)
        with transaction.atomic():
            halt.done_on = on
            halt.save(update_fields=["done_on"])
            if contract.state not in LIVE_STATES or option.ends_on != halt.ends_on:
                continue
            note_change(
                contract,
                "drop_option",
                by=clock_user(),
                on=halt.ends_on,
                reason=option.product.name,
                article=article,
            )
            tell(
                contract,
                "halt_ended",
                on=on,
                article=article,
                about=option,
                ends_on=halt.ends_on,
                option=option.product.name,
            )
            told += 1
    return told
