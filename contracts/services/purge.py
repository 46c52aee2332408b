"""Erase what has outlived its period, piece by piece, each with its certificate."""

import logging
from datetime import datetime, timedelta

from django.db import OperationalError, transaction
from django.utils.translation import gettext as _

from contracts.models import PurgeCertificate, RetentionPeriod
from contracts.moments import japan_date
from contracts.retention.category import Category
from contracts.retention.certificates import certify
from contracts.retention.holds import whole_hold
from contracts.retention.periods import period_on
from contracts.retention.registry import categories
from terms.refusal import Refusal
from workflow.errors import Refused
from workflow.models import User

logger = logging.getLogger(__name__)


def purge(*, category: Category, by: User, at: datetime) -> list[PurgeCertificate]:
    """Erase the data of ``category`` that began before its period; a second call the same day erases nothing more.

    Each piece is one transaction with its certificate. Refused where no period was set, where it was not notified to everybody
    who must know it first (line-info-api 14), and where the whole category is held. A piece that readers hold up waits for the
    next round.
    """
    on = japan_date(at)
    period = period_on(category.code, on)
    if period is None:
        raise Refused(Refusal(category.article, "no_period", _("No period was set for these data.")))
    refusal = may_purge(category, period)
    if refusal:
        raise Refused(refusal)
    made = []
    for piece in category.pieces(on - timedelta(days=period.days)) if category.pieces else ():
        try:
            with transaction.atomic():
                erased = piece.erase()
                if erased.count or erased.held_back:
                    made.append(certify(piece, erased, category=category, period=period, by=by, at=at))
        except OperationalError:
            logger.warning("%s: in use, left for the next round", piece.what, exc_info=True)
    return made


def may_purge(category: Category, period: RetentionPeriod) -> Refusal | None:
    """Why nothing may be erased by this period now, or None."""
    untold = category.telling.untold(period) if category.telling else 0
    if untold:
        return Refusal(
            category.article,
            "not_notified",
            _("The notice of this period has not left to %(count)s contractors yet.") % {"count": untold},
        )
    hold = whole_hold(category.code)
    if hold:
        return Refusal(
            category.article, "on_hold", _("These data are held: %(reason)s") % {"reason": hold.reason}
        )
    return None


def purge_all(*, by: User, at: datetime) -> dict[str, int]:
    """One round for every category: how many pieces were erased. What is refused is left, and the log says why."""
    found = {}
    for category in categories():
        if category.pieces is None:
            continue
        try:
            found[category.code] = len(purge(category=category, by=by, at=at))
        except Refused as error:
            logger.warning("%s: nothing erased: %s", category.code, error)
            found[category.code] = 0
    return found
