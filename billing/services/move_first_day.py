"""Move the first day of a document's tariff months, and decide on it (料金月の起算日の変更, hikari-line 通則2)."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from billing.models import MovedFirstDay
from billing.models.moved_first_day import MOVE
from billing.selectors import unbilled_since
from contracts.guards.silent import no_such_clause
from contracts.moments import japan_date
from contracts.services.note_change import note_change
from contracts.services.pending import pending
from notices.facts import day_words
from notices.models import Posting
from notices.services.post import post
from terms.article import ArticleRef
from terms.calendar import Month
from terms.pack import Pack
from terms.registry import pack_for
from terms.rules.periodic_charge import PeriodicCharge
from workflow.errors import Refused
from workflow.models import User
from workflow.services.approve import decide, propose


def moves_by(pack: Pack) -> ArticleRef | None:
    """The article by which a document lets the operator move the first day; None where it does not."""
    return pack.rule(PeriodicCharge).first_day_article if pack.has(PeriodicCharge) else None


def move_first_day(*, terms_code: str, since: date, reason: str, by: User, at: datetime) -> MovedFirstDay:
    """A move that waits for a second person: from ``since`` on, tariff months begin on that day of the month.

    Refused where the document has no such clause. ValidationError for a day in a month that is billed or on which tariff
    months begin anyway, and for one before a move that was decided already.
    """
    pack = pack_for(terms_code, since, earliest=True)
    article = moves_by(pack)
    if article is None:
        raise Refused(
            no_such_clause(
                pack,
                "no_moved_first_day",
                _("This document does not let the operator move its tariff months."),
            )
        )
    with transaction.atomic():
        move = MovedFirstDay(terms_code=terms_code, since=since, reason=reason.strip(), article=str(article))
        move.full_clean()
        _check(move)
        move.save()
        propose(move, MOVE, by=by, reason=move.reason, article=article, at=at)
    return move


def approve_move(*, move: MovedFirstDay, by: User, at: datetime) -> MovedFirstDay:
    """It is decided and posted; the runs charge by the new tariff months from then on.

    NotPermitted for the one who proposed it; ValidationError where its month was billed meanwhile.
    """
    on, article = japan_date(at), ArticleRef.parse(move.article)
    with transaction.atomic():
        decide(pending(move, MOVE), by=by, at=at, approved=True)
        _check(move)
        move.posting = post(
            category=Posting.Category.OTHER,
            title="料金月の起算日の変更について",
            body=_announcement(move),
            article=article,
            at=at,
        )
        move.decided_on = on
        move.save(update_fields=["decided_on", "posting"])
        note_change(move, "move", by=by, on=on, reason=move.reason, article=article)
    return move


def reject_move(*, move: MovedFirstDay, by: User, at: datetime, reason: str) -> None:
    """The proposal comes to nothing. NotPermitted for the one who proposed it."""
    decide(pending(move, MOVE), by=by, at=at, approved=False, reason=reason)


def _check(move: MovedFirstDay) -> None:
    unbilled = unbilled_since()
    if unbilled and move.since < unbilled:
        raise ValidationError(
            {
                "since": _("%(month)s is billed already; a tariff month can begin anew from %(day)s on.")
                % {"month": Month.of(unbilled).plus(-1), "day": unbilled}
            }
        )
    last = MovedFirstDay.objects.decided().filter(terms_code=move.terms_code).last()
    if last and move.since <= last.since:
        raise ValidationError(
            {
                "since": _("A move on %(day)s is decided already; this one has to come after it.")
                % {"day": last.since}
            }
        )
    if move.since.day == (last.since.day if last else 1):
        raise ValidationError({"since": _("Tariff months begin on this day of the month as it is.")})


def _announcement(move: MovedFirstDay) -> str:
    return "\n".join(
        [
            f"料金月の起算日を毎月{move.since.day}日に変更します。",
            f"変更後の最初の料金月：{day_words(move.since)}から",
            "変更の前日に終わる料金月の料金は、その日数に応じて計算します。",
            f"理由：{move.reason}",
        ]
    )
