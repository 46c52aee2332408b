"""How many invoices become PDFs in a second, on one core, and how many does bare Typst make of the same template?

    python -m bench.pdfs [--invoices 400]

Makes a database of its own beside the project's, bills a month of so many contracts (each with a router and a levy) and
issues it. Ours: from the issued rows to the bytes. Bare: the same sheets, made beforehand, through the same template with a
compiler that does nothing else. The two take turns, so that both meet the same machine.
"""

import argparse
import os
import time
from collections.abc import Sequence

# One core: Typst would lay out on all of them.
os.environ["RAYON_NUM_THREADS"] = "1"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django

django.setup()

import typst  # noqa: E402 - Django must be set up first
from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402

from bench.rating import AT, MONTH, fill  # noqa: E402
from billing.models import Invoice  # noqa: E402
from billing.pdf.sheet import invoice_sheets, invoice_source, issued_at, typeset_sheet  # noqa: E402
from billing.services.load_tariffs import load_tariffs  # noqa: E402
from billing.services.run_month import run_month  # noqa: E402
from contracts.services.load_catalogue import load_catalogue  # noqa: E402
from notices.typesetting import FONTS, moment  # noqa: E402
from workflow.models import User  # noqa: E402

_A_TURN = 100


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--invoices", type=int, default=400)
    count = parser.parse_args().invoices
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        for name, value in measure(count).items():
            print(f"{name}: {value:,.2f}" if isinstance(value, float) else f"{name}: {value:,}")
    finally:
        connection.creation.destroy_test_db(connection.settings_dict["NAME"], verbosity=0)


def measure(count: int) -> dict[str, float]:
    """PDFs a second, ours and of bare Typst, and ours as a share of it."""
    load_catalogue()
    load_tariffs()
    fill(count)
    preparer, approver = (User.objects.create(username=name, is_staff=True) for name in ("one", "two"))
    run_month(month=MONTH, by=preparer, approver=approver, at=AT)
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
    pages = 0
    for start in range(0, len(keys), _A_TURN):
        part = keys[start : start + _A_TURN]
        prepared = sources(part)
        our_seconds += ours(part)
        bare_seconds += bare(bare_compiler, prepared)
        pages += len(part)
    return {
        "pdfs": pages,
        "ours_per_second": pages / our_seconds,
        "bare_per_second": pages / bare_seconds,
        "ratio": bare_seconds / our_seconds,
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


if __name__ == "__main__":
    main()
