"""Change the number of a line, after notice."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from contracts.guards.lines import lines_of, may_change_number
from contracts.models import Contract, Line, NumberChange
from contracts.models.contract import LIVE_STATES
from contracts.models.numbering import line_number
from contracts.moments import japan_date
from contracts.services.note_change import note_change
from contracts.services.tell import tell
from notices.selectors import as_dispatched
from terms.article import ArticleRef
from terms.refusal import Refusal
from workflow.errors import Refused
from workflow.models import User
from workflow.selectors import clock_user


def announce_number_change(
    *, line: Line, by: User, on: date, effective_on: date, reason: str, number: str = ""
) -> NumberChange:
    """Tell the subscriber on ``on`` that the line's number changes on ``effective_on``, to ``number``.

    The document says which number is the operator's to change: that of the line, for which the next one is drawn where
    none is given (hikari-line 15), or the telephone number (hikari-phone 12). Refused where it lets none be changed or the
    day leaves no time; ValidationError for a line without a live contract, or without the new telephone number.
    """
    contract = (
        Contract.objects.filter(line=line, state__in=LIVE_STATES)
        .select_related("subscriber", "product")
        .first()
    )
    if contract is None:
        raise ValidationError(_("Nobody has a contract for line %(line)s.") % {"line": line})
    pack = contract.pack(on)
    article = may_change_number(pack, on=on, effective_on=effective_on)
    if isinstance(article, Refusal):
        raise Refused(article)
    of_line = lines_of(pack).number == "line"
    new = number or (line_number() if of_line else "")
    old = line.number if of_line else line.phone_number
    if not new or new == old:
        raise ValidationError({"number": _("Enter the new number.")})
    with transaction.atomic():
        notice = tell(
            contract,
            "number_changed",
            on=on,
            article=article,
            old_number=old or "—",
            new_number=new,
            effective_on=effective_on,
            reason=reason,
        )
        change = NumberChange(
            line=line, old=old, new=new, effective_on=effective_on, reason=reason, article=str(article), notice=notice
        )  # fmt: skip
        change.full_clean(exclude=["old"])
        change.save()
        note_change(line, "announce_number_change", by=by, on=on, reason=reason, article=article)
    return change


def carry_out_number_changes(*, on: date) -> int:
    """Change the numbers whose day has come by ``on`` and whose notice was dispatched before it; returns how many.

    One whose notice has not left the house before its day waits until it has. Safe to run twice.
    """
    done = 0
    due = NumberChange.objects.filter(done_on__isnull=True, effective_on__lte=on).select_related(
        "line", "notice"
    )
    for change in due:
        told = as_dispatched(change.notice)
        sent = told.dispatched_at if told else None
        if sent is None or japan_date(sent) >= on:
            continue
        line, article = change.line, ArticleRef.parse(change.article)
        column = "number" if line.number == change.old else "phone_number"
        with transaction.atomic():
            setattr(line, column, change.new)
            line.save(update_fields=[column])
            change.done_on = on
            change.save(update_fields=["done_on"])
            note_change(
                line, "change_number", by=clock_user(), on=on, reason=f"{change.old} → {change.new}", article=article
            )  # fmt: skip
        done += 1
    return done
