"""How many invoices become PDFs in a second, on one core, and how many does bare Typst make of the same template?

Ours: from the issued rows to the bytes. Bare: the same sheets, made beforehand, through the same template with a compiler
that does nothing else. The two take turns, so that both meet the same machine.
"""

import os
import time
from collections.abc import Sequence
from typing import Any

import typst
from django.conf import settings
from django.db import connection, transaction

from bench.database import database
from bench.month import AT, MONTH, fill
from billing.models import Invoice
from billing.pdf.sheet import invoice_sheets, invoice_source, issued_at, typeset_sheet
from billing.services.run_month import run_month
from config.progress import step
from notices.typesetting import FONTS, moment
from workflow.models import User

CONTRACTS = 500
_A_TURN = 100


def measure(sizes: Sequence[int], *, workers: int) -> list[dict[str, Any]]:
    """One row: PDFs a second and core, ours and of bare Typst, and ours as a share of it. The sizes do not matter to it."""
    # One core: Typst would lay out on all of them.
    os.environ["RAYON_NUM_THREADS"] = "1"
    with database():
        with step("a month of invoices"):
            fill(CONTRACTS)
            preparer, approver = (
                User.objects.create(username=name, is_staff=True) for name in ("one", "two")
            )
            with transaction.atomic():
                run_month(month=MONTH, by=preparer, approver=approver, at=AT)
                connection.run_on_commit.clear()  # the notices stay queued
        with step("their PDFs"):
            return [_compare()]


def _compare() -> dict[str, Any]:
    keys = list(
        Invoice.objects.exclude(state=Invoice.State.DRAFT).order_by("number").values_list("pk", flat=True)
    )
    bare_compiler = typst.Compiler(
        font_paths=typst.Fonts(include_system_fonts=False, font_paths=list(FONTS)),
        ignore_system_fonts=True,
        root=settings.BASE_DIR / "templates",
    )
    ours(keys[:20])
    bare(bare_compiler, sources(keys[:20]))
    our_seconds = bare_seconds = 0.0
    for start in range(0, len(keys), _A_TURN):
        part = keys[start : start + _A_TURN]
        prepared = sources(part)
        our_seconds += ours(part)
        bare_seconds += bare(bare_compiler, prepared)
    return {
        "pdfs": len(keys),
        "pdfs_a_second": round(len(keys) / our_seconds),
        "bare_a_second": round(len(keys) / bare_seconds),
        "ratio": round(bare_seconds / our_seconds, 2),
    }


def ours(keys: Sequence[int]) -> float:
    """Seconds of CPU from the rows to the bytes."""
    began = time.process_time()
    found = Invoice.objects.select_related("account__subscriber", "partner").in_bulk(keys)
    invoices = [found[key] for key in keys]
    for invoice, sheet in zip(invoices, invoice_sheets(invoices), strict=True):
        typeset_sheet(sheet, on=invoice.issued_on)
    return time.process_time() - began


def sources(keys: Sequence[int]) -> list[bytes]:
    """What Typst reads for these invoices."""
    found = Invoice.objects.select_related("account__subscriber", "partner").in_bulk(keys)
    return [invoice_source(sheet) for sheet in invoice_sheets([found[key] for key in keys])]


def bare(compiler: typst.Compiler, prepared: Sequence[bytes]) -> float:
    """Seconds of CPU for the same papers with nothing around them."""
    began = time.process_time()
    for text in prepared:
        compiler.compile(text, timestamp=moment(issued_at(AT.date())))
    return time.process_time() - began
