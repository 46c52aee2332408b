"""Load a delivery: part by part, so that neither memory nor a broken-off load depends on its size."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from contracts.moments import japan_date
from lineinfo import spool
from lineinfo.loading.ahead import ahead
from lineinfo.loading.aside import Aside, put_aside
from lineinfo.loading.blocks import Block, Unreadable, blocks
from lineinfo.loading.formats import Format, format_of
from lineinfo.loading.lines import KnownLines
from lineinfo.loading.rows import Rows, Sorted, rows_of, sort_out
from lineinfo.loading.statuses import write_statuses
from lineinfo.loading.window import Window
from lineinfo.loading.write import Written, append_new, merge
from lineinfo.models import LineBatch
from lineinfo.retention import measurements_kept_from
from workflow.models import User
from workflow.services.perform import perform


def load_batch(*, batch: LineBatch, by: User, at: datetime) -> LineBatch:
    """Store the rows of ``batch`` and put aside what cannot go in; it is then loaded, or failed where it cannot be read.

    Each part of it is one transaction with its counts: after a crash the next call goes on behind it, and a second worker that
    comes by stops. A batch that is loaded or failed is left as it is.
    """
    if batch.state != LineBatch.State.RECEIVED:
        return batch
    try:
        _Loading(batch, at).run()
    except Unreadable as error:
        perform(batch, "fail", by=by, on=japan_date(at), reason=str(error))
    except _AnotherWorker:
        batch.refresh_from_db()
    else:
        perform(batch, "load", by=by, on=japan_date(at), at=at)
        spool.path_of(batch.sha256).unlink(missing_ok=True)
    return batch


class _AnotherWorker(Exception):
    """The counts moved on without us."""


class _Loading:
    def __init__(self, batch: LineBatch, at: datetime) -> None:
        self.batch = batch
        self.received = batch.received_at
        self.window = Window(received=batch.received_at, kept_from=measurements_kept_from(japan_date(at)))
        self.lines = KnownLines()

    def run(self) -> None:
        path = spool.path_of(self.batch.sha256)
        if not path.exists():
            raise Unreadable(_("The file is no longer there. Deliver it once more."))
        first = next(blocks(path, size=1), None)
        if first is None:
            raise Unreadable(_("The file is empty."))
        format_ = format_of(first.data)
        LineBatch.objects.filter(pk=self.batch.pk).update(kind=format_.kind)
        behind = max(self.batch.lines_read, format_.heading)
        parts = blocks(path, behind=behind)
        if format_.kind == LineBatch.Kind.STATUSES:
            for block in parts:
                self._statuses(block, format_)
        else:
            # While one block is stored the next is sorted out and the one after it read; only here the database is asked.
            read = ahead(parts, lambda block: (block, rows_of(block, format_=format_)))
            known = ((block, rows, self.lines.ids(rows.lines())) for block, rows in read)
            for block, found in ahead(known, lambda each: (each[0], self._sort(*each[1:]))):
                self._measurements(block, found, format_)

    def _sort(self, rows: Rows, ids: Mapping[str, int]) -> Sorted:
        return sort_out(rows, ids=ids, window=self.window)

    def _measurements(self, block: Block, found: Sorted, format_: Format) -> None:
        with transaction.atomic():
            self._claim(block)
            written = append_new(found.text, days=found.days, late=found.late)
            if written is None:
                rows = rows_of(block, format_=format_, strict=True)
                found = self._sort(rows, self.lines.ids(rows.lines()))
                written = merge(found.text, days=found.days, received=self.received)
            self._count(block, written, found.aside)

    def _statuses(self, block: Block, format_: Format) -> None:
        with transaction.atomic():
            self._claim(block)
            written, aside = write_statuses(block, format_=format_, lines=self.lines, received=self.received)
            self._count(block, written, aside)

    def _claim(self, block: Block) -> None:
        """Lock the batch. The heading of a CSV lies between no lines read and the first block."""
        self.batch = LineBatch.objects.select_for_update().get(pk=self.batch.pk)
        if self.batch.state != LineBatch.State.RECEIVED or self.batch.lines_read not in (0, block.first - 1):
            raise _AnotherWorker

    def _count(self, block: Block, written: Written, aside: list[Aside]) -> None:
        put_aside(self.batch, aside)
        self.batch.lines_read = block.first - 1 + block.lines
        self.batch.new += written.new
        self.batch.corrected += written.corrected
        self.batch.repeated += written.repeated
        self.batch.late += written.late
        self.batch.save()
