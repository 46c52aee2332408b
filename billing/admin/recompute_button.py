"""Computing an invoice once more, on its own page."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from billing.recompute import recompute_invoice
from workflow.staff import cells
from workflow.staff.buttons import Button, Effect, Press
from workflow.staff.panels import Panel, panel


def _yen(amount: int | None) -> str:
    return cells.EMPTY if amount is None else cells.yen(amount)


def _table(press: Press) -> Iterable[Panel]:
    found = recompute_invoice(press.obj)
    yield panel(
        _("Computed again"),
        [found],
        [
            (_("total"), lambda row: cells.yen(row.invoice.total)),
            (_("Total computed again"), lambda row: cells.yen(row.total)),
            (_("The same yen"), lambda row: _("yes") if row.same else _("no")),
        ],
    )
    yield panel(
        _("What differs"),
        found.differences,
        [
            (_("charge"), lambda row: row.name),
            (_("invoiced amount"), lambda row: _yen(row.charged)),
            (_("Computed again"), lambda row: _yen(row.computed)),
        ],
        shown=50,
        empty=_("Nothing."),
    )


recompute_button = Button(
    name="recompute",
    label=_("Compute again"),
    permission="billing.change_billingrun",
    possible=lambda invoice: invoice.number is not None,
    menu=_("More"),
    foresees=_table,
    effects=lambda invoice: [
        Effect(text=_("By the rating of its run, from what is on record. Nothing is written."))
    ],
)
