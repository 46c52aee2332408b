"""What an ending would mean, tried out by the same services and the same rating that would carry it out, and undone."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from billing.chunks.book import load_book
from billing.chunks.gather import gather
from billing.models import BillingAccount
from billing.rating.charge import RatedCharge
from billing.rating.contract import rate_contract
from billing.rating.errors import RatingError
from billing.rating.periodic import PeriodicRater
from contracts.models import Contract, Request
from contracts.moments import japan_date
from contracts.services.receive_request import receive_request
from portal.answers import AskingForm, ask
from terms.calendar import Month
from terms.errors import NoSuchRule, TermsError
from terms.rules.termination_notice_deadline import TerminationNoticeDeadline, earliest_ending
from workflow.models import User


@dataclass(frozen=True)
class EndingPreview:
    """``charges``: what the contract is charged in its last month, in yen without tax; None where it cannot be computed yet.

    ``total`` is their sum.
    """

    ends_on: date
    charges: list[RatedCharge] | None

    @property
    def total(self) -> int:
        return sum(charge.amount for charge in self.charges or ())


def earliest_last_day(contract: Contract, on: date) -> date:
    """The first day on which the contract may end when the subscriber says so on ``on``."""
    try:
        rule = contract.pack(on).rule(TerminationNoticeDeadline)
    except NoSuchRule:
        return on
    return earliest_ending(rule, on)


def written_ending(contract: Contract, on: date) -> bool:
    """Whether the document wants the subscriber's ending on paper."""
    table = contract.pack(on).subscriber_ending
    return table is not None and table.form == "written"


def send_ending(
    asked_on: AskingForm,
    contract: Contract,
    *,
    by: User,
    at: datetime,
    ends_on: date,
    reason: str = "",
    form: str = Request.Form.WEB,
) -> Request | None:
    """The ending as declared; None where the document or a service says no, and ``asked_on`` then says why."""
    return ask(
        asked_on,
        receive_request,
        by=by,
        at=at,
        kind=Request.Kind.ENDING,
        subscriber=contract.subscriber,
        terms_code=contract.terms_code,
        form=form,
        details={"ends_on": ends_on, "reason": reason},
        contract=contract,
    )


def preview_ending(
    asked_on: AskingForm, contract: Contract, *, by: User, at: datetime, ends_on: date
) -> EndingPreview | None:
    """Declares the ending in the document's form, rates its last month, and takes everything back.

    None where it is not possible; ``asked_on`` then says why.
    """
    form = Request.Form.WRITTEN if written_ending(contract, japan_date(at)) else Request.Form.WEB
    with transaction.atomic():
        sent = send_ending(asked_on, contract, by=by, at=at, ends_on=ends_on, form=form)
        charges = _last_month(contract, ends_on) if sent else None
        transaction.set_rollback(True)
    contract.refresh_from_db()
    return EndingPreview(ends_on, charges) if sent else None


def _last_month(contract: Contract, ends_on: date) -> list[RatedCharge] | None:
    account = BillingAccount.objects.filter(subscriber=contract.subscriber_id).first()
    if account is None:
        return None
    book = load_book()
    gathered = gather(Month.of(ends_on).first, account.pk, account.pk)
    facts = next((one.facts for one in gathered if one.facts.contract_id == contract.pk), None)
    try:
        return rate_contract(book, PeriodicRater(book), facts) if facts else []
    except (RatingError, TermsError):
        return None
