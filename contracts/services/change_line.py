"""What is agreed or changed about a line: its terminal point, its exchange, whether its number is shown."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from contracts.guards.lines import lines_of
from contracts.guards.silent import no_such_clause
from contracts.models import Line
from contracts.services.note_change import note_change
from terms.article import ArticleRef
from terms.registry import pack_for
from workflow.errors import Refused
from workflow.models import User


def agree_terminal_point(*, line: Line, by: User, on: date, point: str, agreed_with: str) -> Line:
    """The line ends at ``point``, as was agreed on ``on`` with the subscriber (hikari-line 9).

    ``agreed_with``: who agreed to it, and how. ValidationError where one of them is left out.
    """
    errors = {}
    if not point.strip():
        errors["point"] = _("Say where the line ends.")
    if not agreed_with.strip():
        errors["agreed_with"] = _("Say with whom it was agreed.")
    if errors:
        raise ValidationError(errors)
    line.terminal_point, line.terminal_agreed_on = point, on
    article = lines_of(pack_for(line.terms_code, on)).terminal_point
    return _save(
        line,
        "agree_terminal_point",
        by,
        on,
        f"{point}（{agreed_with}）",
        article,
        "terminal_point",
        "terminal_agreed_on",
    )


def move_to_exchange(*, line: Line, by: User, on: date, exchange: str, reason: str) -> Line:
    """The line is housed in ``exchange`` from ``on``; ``reason``: the technical or business need (hikari-line 11-2)."""
    if not exchange.strip() or exchange == line.host_exchange:
        raise ValidationError({"exchange": _("Name another exchange.")})
    words = f"{line.host_exchange or '—'} → {exchange}：{reason}"
    line.host_exchange = exchange
    article = lines_of(pack_for(line.terms_code, on)).host_exchange
    return _save(line, "move_to_exchange", by, on, words, article, "host_exchange")


def withhold_number(*, line: Line, by: User, on: date, withheld: bool, reason: str) -> Line:
    """The called line is not shown the number from ``on``, or is again (hikari-phone 35); ``reason``: the subscriber's request.

    Refused where the document shows no numbers.
    """
    pack = pack_for(line.terms_code, on)
    article = lines_of(pack).caller_number
    if article is None:
        raise Refused(
            no_such_clause(pack, "no_caller_number", _("Under this document no number is shown to anybody."))
        )
    line.number_withheld = withheld
    return _save(
        line, "withhold_number" if withheld else "show_number", by, on, reason, article, "number_withheld"
    )


def _save(
    line: Line, what: str, by: User, on: date, reason: str, article: ArticleRef | None, *columns: str
) -> Line:
    with transaction.atomic():
        line.save(update_fields=columns)
        note_change(line, what, by=by, on=on, reason=reason, article=article)
    return line
