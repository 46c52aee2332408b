"""The rows of a block of statuses: the latest that the network reports of each line."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from lineinfo.loading.aside import Aside, Problem
from lineinfo.loading.blocks import Block
from lineinfo.loading.formats import STATUS_COLUMNS, Format
from lineinfo.loading.lines import KnownLines, unknown_line
from lineinfo.loading.window import AHEAD, moment
from lineinfo.loading.write import Written
from lineinfo.models import LineStatus

_LONGEST = 60
_WRITE = """
    WITH given AS (
        SELECT DISTINCT ON (line_id) * FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::text[], %s::timestamptz[])
        AS row (line_id, state, item, host_exchange, as_of) ORDER BY line_id, as_of DESC
    ), written AS (
        INSERT INTO lineinfo_linestatus AS known (line_id, state, item, host_exchange, as_of)
        SELECT line_id, state, item, host_exchange, as_of FROM given
        ON CONFLICT (line_id) DO UPDATE
        SET (state, item, host_exchange, as_of)
            = (excluded.state, excluded.item, excluded.host_exchange, excluded.as_of)
        WHERE known.as_of < excluded.as_of
        RETURNING 1
    )
    SELECT count(*) FROM written
"""


@dataclass(frozen=True, slots=True)
class Report:
    """What one row says of a line."""

    line: str
    state: str
    item: str
    host_exchange: str
    as_of: datetime


def read_statuses(
    block: Block, *, format_: Format, received: datetime
) -> tuple[list[tuple[int, Report]], list[Aside]]:
    """The reports of a block, each with the number of its line, and those that are put aside."""
    good, aside = [], []
    lines = block.data.decode("utf-8", errors="replace").removeprefix("\ufeff").split("\n")[:-1]
    for number, text in enumerate(lines, start=block.first):
        if not text.strip():
            continue
        try:
            good.append((number, _read(format_.fields(text.rstrip("\r")), received)))
        except ValueError as problem:
            aside.append(Aside(number, text, problem))
    return good, aside


def write_statuses(
    block: Block, *, format_: Format, lines: KnownLines, received: datetime
) -> tuple[Written, list[Aside]]:
    """Store what is later than what is known of a line; what is older changes nothing. In a transaction of the caller."""
    good, aside = read_statuses(block, format_=format_, received=received)
    ids = lines.ids(report.line for _number, report in good)
    known = []
    for number, report in good:
        if report.line in ids:
            known.append(report)
        else:
            aside.append(Aside(number, report.line, unknown_line(report.line)))
    columns = [
        [ids[report.line] for report in known],
        *(
            [getattr(report, name) for report in known]
            for name in ("state", "item", "host_exchange", "as_of")
        ),
    ]
    with connection.cursor() as cursor:
        cursor.execute(_WRITE, columns)
        (new,) = cursor.fetchone()
    return Written(new=new, repeated=len(known) - new), aside


def _read(fields: dict[str, Any], received: datetime) -> Report:
    for key, value in fields.items():
        if key not in STATUS_COLUMNS:
            raise Problem(_("“%(key)s” is not known.") % {"key": key})
        if not isinstance(value, str) or len(value) > _LONGEST:
            raise Problem(
                _("“%(key)s” must be a text of at most %(most)s characters.") % {"key": key, "most": _LONGEST}
            )
    for key in ("line", "state", "as_of"):
        if not fields.get(key):
            raise Problem(_("“%(key)s” is missing.") % {"key": key})
    if fields["state"] not in LineStatus.State.values:
        raise Problem(
            _("“state” must be one of %(states)s.") % {"states": ", ".join(LineStatus.State.values)}
        )
    as_of = moment(fields["as_of"], "as_of")
    if as_of > received + AHEAD:
        raise Problem(_("“%(key)s” lies in the future.") % {"key": "as_of"})
    return Report(
        fields["line"], fields["state"], fields.get("item", ""), fields.get("host_exchange", ""), as_of
    )
