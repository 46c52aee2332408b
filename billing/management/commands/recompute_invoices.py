"""manage.py recompute_invoices: compute the invoices of a month once more, and say which do not come to the same yen."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from billing.models import Invoice
from billing.recompute import recompute_invoice


class Command(BaseCommand):
    help = (
        "Compute issued invoices once more and name those that do not come to the same yen. Writes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("month", help="such as 2025-06")
        parser.add_argument("--invoice", help="the number of one invoice")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            month = date.fromisoformat(f"{options['month']}-01")
        except ValueError:
            raise CommandError(
                _("“%(month)s” is no month: write it like 2025-06.") % {"month": options["month"]}
            ) from None
        invoices = Invoice.objects.filter(month=month, number__isnull=False).order_by("pk")
        if options["invoice"]:
            invoices = invoices.filter(number=options["invoice"])
        count = wrong = 0
        for invoice in invoices.iterator(chunk_size=500):
            count += 1
            found = recompute_invoice(invoice)
            if not found.same:
                wrong += 1
                self.stdout.write(f"{invoice}: {invoice.total:,} → {found.total:,}")
                for line in found.differences:
                    self.stdout.write(f"  {line.name}: {line.charged} → {line.computed}")
        self.stdout.write(
            _("%(count)s invoices computed again; %(wrong)s do not come to the same yen.")
            % {"count": count, "wrong": wrong}
        )
        if wrong:
            raise CommandError(_("Some invoices do not come to the same yen."))
