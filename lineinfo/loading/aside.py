"""Rows that are put aside, each with its line and the reason."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from lineinfo.models import BadRow, LineBatch

_LONGEST_REASON, _LONGEST_TEXT = 300, 500


class Problem(ValueError):
    """Why a row does not go in."""

    def __init__(self, reason: str, *, kind: str = BadRow.Kind.BAD) -> None:
        super().__init__(reason)
        self.kind = kind


@dataclass(frozen=True, slots=True)
class Aside:
    """A row that does not go in: where it stood, as it stood, and why."""

    line_number: int
    text: str
    problem: ValueError

    @property
    def kind(self) -> str:
        """Of BadRow.Kind."""
        return self.problem.kind if isinstance(self.problem, Problem) else BadRow.Kind.BAD


def put_aside(batch: LineBatch, rows: Sequence[Aside]) -> None:
    """Write them down, and count them in ``batch``, which the caller saves."""
    if not rows:
        return
    columns = "batch_id, line_number, kind, reason, text"
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY lineinfo_badrow ({columns}) FROM STDIN") as copy,
    ):
        for row in rows:
            reason = str(row.problem)[:_LONGEST_REASON]
            # PostgreSQL keeps no zero byte in a text.
            text = row.text[:_LONGEST_TEXT].replace("\0", "�")
            copy.write_row((batch.pk, row.line_number, row.kind, reason, text))
    kinds = Counter(row.kind for row in rows)
    batch.bad += kinds[BadRow.Kind.BAD]
    batch.unknown_lines += kinds[BadRow.Kind.UNKNOWN_LINE]
    batch.beyond_retention += kinds[BadRow.Kind.BEYOND_RETENTION]
