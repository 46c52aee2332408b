"""Close a month of the books, and open it again with a second person's approval."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from billing.books.journal import trial_balance
from billing.models import BookMonth
from contracts.moments import japan_date
from contracts.services.pending import pending
from terms.calendar import Month
from workflow.errors import WrongState
from workflow.models import Approval, User
from workflow.services.approve import decide, propose
from workflow.services.perform import perform

REOPEN = "reopen_month"
"""The action on which a second person decides."""


def book_month(month: date) -> BookMonth:
    """The month of the books that holds a day; made where nobody asked for it yet."""
    return BookMonth.objects.get_or_create(month=Month.of(month).first)[0]


def close_month(*, month: date, by: User, at: datetime) -> BookMonth:
    """Nothing can be entered into the month from now on; its totals are kept. ValidationError while it is not over."""
    on = japan_date(at)
    whole = Month.of(month)
    if on < whole.end:
        raise ValidationError(
            _("%(month)s is not over; it can be closed from %(day)s.") % {"month": whole, "day": whole.end}
        )
    with transaction.atomic():
        book = book_month(month)
        # Whoever enters something meanwhile is either counted or refused.
        BookMonth.objects.select_for_update().get(pk=book.pk)
        totals = {
            balance.account: [balance.debit, balance.credit]
            for balance in trial_balance(since=whole.first, until=whole.end)
        }
        perform(book, "close", by=by, on=on, totals=totals)
    return book


def propose_reopening(*, book: BookMonth, by: User, at: datetime, reason: str) -> Approval:
    """A second person is asked whether the month may be opened again. WrongState unless it is closed."""
    if book.state != BookMonth.State.CLOSED:
        raise WrongState(_("The books of %(month)s are not closed.") % {"month": book})
    return propose(book, REOPEN, by=by, reason=reason, at=at)


def decide_reopening(
    *, book: BookMonth, by: User, at: datetime, approved: bool, reason: str = ""
) -> BookMonth:
    """The second person's answer; with yes the month is open. NotPermitted for the one who proposed it."""
    with transaction.atomic():
        proposal = decide(pending(book, REOPEN), by=by, at=at, approved=approved, reason=reason)
        if approved:
            perform(book, "reopen", by=by, on=japan_date(at), reason=proposal.reason)
    return book
