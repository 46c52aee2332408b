"""Make the PDFs of invoices and keep them."""

import hashlib
import os
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.db import transaction

from billing.models import Invoice, InvoicePaper, RunChunk
from billing.pdf.sheet import invoice_sheets, typeset_sheet

_AT_ONCE = 200


def make_papers(*, chunk_id: int, at: datetime) -> int:
    """The PDFs of the issued invoices of a chunk that have none yet. How many were made.

    A worker that dies in the middle leaves those that are done; whoever gets the chunk next makes the rest.
    """
    chunk = RunChunk.objects.get(pk=chunk_id)
    if chunk.issued_at is None:
        return 0
    mine = Invoice.objects.filter(
        run=chunk.run_id, account__id__range=(chunk.first_account, chunk.last_account), paper=None
    ).exclude(state=Invoice.State.DRAFT)
    keys = mine.order_by("number").values_list("pk", flat=True)
    made = 0
    for part in _parts(keys):
        made += len(keep_papers(invoices=_whole(part), at=at))
    RunChunk.objects.filter(pk=chunk_id, papers_at=None).update(papers_at=at)
    return made


def paper_of(*, invoice: Invoice, at: datetime) -> bytes:
    """The PDF of an issued invoice: the one that was kept, or made and kept now. A file that is lost is made again."""
    kept = InvoicePaper.objects.filter(pk=invoice.pk).first()
    if kept is None or not _file(kept.name).exists():
        [kept] = keep_papers(invoices=_whole([invoice.pk]), at=at)
    return _file(kept.name).read_bytes()


def keep_papers(*, invoices: Sequence[Invoice], at: datetime) -> list[InvoicePaper]:
    """Make and keep the PDFs of issued invoices. One that another worker kept meanwhile has the same bytes."""
    papers = []
    for invoice, sheet in zip(invoices, invoice_sheets(invoices), strict=True):
        pdf = typeset_sheet(sheet, on=invoice.issued_on)
        name = f"invoices/{invoice.month:%Y%m}/{invoice.pk // 1000}/{invoice.number}.pdf"
        _write(_file(name), pdf)
        papers.append(
            InvoicePaper(invoice=invoice, name=name, sha256=hashlib.sha256(pdf).hexdigest(), made_at=at)
        )
    with transaction.atomic():
        return InvoicePaper.objects.bulk_create(papers, ignore_conflicts=True)


def _whole(keys: Sequence[int]) -> list[Invoice]:
    """The invoices with all that their sheets need, in the order of their keys."""
    found = Invoice.objects.select_related("account__subscriber", "partner").in_bulk(keys)
    return [found[key] for key in keys]


def _parts(keys: Iterable[int]) -> Iterator[list[int]]:
    rest = iter(keys)
    while part := list(islice(rest, _AT_ONCE)):
        yield part


def _file(name: str) -> Path:
    return Path(settings.MEDIA_ROOT) / name


def _write(path: Path, content: bytes) -> None:
    """All of it or nothing, also when somebody writes the same file at the same time."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.{os.getpid()}")
    part.write_bytes(content)
    part.replace(path)
