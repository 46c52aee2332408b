"""What the document says of lines: their numbers, their ends, what the called side sees."""

from datetime import date

from django.utils.translation import gettext as _

from contracts.guards.silent import no_such_clause
from terms.article import ArticleRef
from terms.measures import Lines
from terms.pack import Pack
from terms.refusal import Refusal

SILENT = Lines()


def lines_of(pack: Pack) -> Lines:
    """What the document says of lines; nothing where it has no such table."""
    return pack.lines or SILENT


def may_change_number(pack: Pack, *, on: date, effective_on: date) -> ArticleRef | Refusal:
    """The article by which the operator changes a number; a refusal where it has none, or for a day that leaves no time."""
    article = lines_of(pack).number_change
    if article is None:
        return no_such_clause(
            pack, "no_number_change", _("This document does not let the operator change numbers.")
        )
    if effective_on <= on:
        return Refusal(article, "notice_first", _("A change of number is told beforehand."))
    return article


def number_shown(pack: Pack, *, withheld: bool, dialled: str = "") -> bool:
    """Whether the called line is shown the number: not where it is withheld on the line, or by the prefix dialled."""
    table = lines_of(pack)
    by_prefix = bool(table.withhold_prefix) and dialled.startswith(table.withhold_prefix)
    return table.caller_number is not None and not withheld and not by_prefix
