"""The nightly step on unpaid debts: facts, the document's decision, and what follows from it."""

import logging
from collections import Counter
from collections.abc import Iterator
from datetime import date

from django.db import transaction

from billing.arrears_facts import Case, cases
from billing.due_tonight import accounts_due
from billing.services.abolish_collection import abolish_overdue_collections
from billing.services.charge_unbilled import charge_unbilled
from billing.services.open_account import open_missing_accounts
from billing.services.take_arrears_step import take_arrears_step
from workflow.errors import Refused

logger = logging.getLogger(__name__)


def run_arrears(*, on: date) -> dict[str, int]:
    """Take every step that is due on ``on``; how many of each kind, and ``held`` for those whose proof was not there.

    Safe to run twice. Each case has a transaction of its own, in which its facts are read and decided once more; one
    bad case never stops the others.
    """
    # A contract may have passed, with what is owed under it, to somebody who was never asked for anything.
    open_missing_accounts()
    counts: Counter[str] = Counter()
    if fallen := charge_unbilled(on=on):
        counts["unbilled_fell_due"] = fallen
    if abolished := abolish_overdue_collections(on=on):
        counts["collection_abolished"] = abolished
    for case in _cases(on):
        if case.step.kind == "nothing":
            continue
        try:
            with transaction.atomic():
                taken = _again(case, on)
        except Refused as refused:
            logger.warning("%s held: %s", case, refused)
            counts["held"] += 1
        except Exception:  # one bad case must not keep the others from their step; it is logged and counted
            logger.exception("%s could not be taken", case)
            counts["held"] += 1
        else:
            if taken:
                counts[taken] += 1
    return dict(counts)


def _cases(on: date) -> Iterator[Case]:
    for accounts in accounts_due(on=on):
        yield from cases(on=on, accounts=accounts)


def _again(case: Case, on: date) -> str | None:
    """Decide once more under lock, and take the step if it is still the same."""
    case.lock()
    fresh = next((each for each in cases(on=on, accounts=[case.account_id]) if each.key == case.key), None)
    if fresh is None or fresh.step.kind != case.step.kind:
        return None
    return take_arrears_step(case=fresh, on=on)
