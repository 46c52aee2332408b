"""A month of the books: open, or closed so that nothing is entered into it any more."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from workflow.models import Machine, StateField


class BookMonth(Machine):
    """Closed by somebody with its totals; opened again only with a second person's approval."""

    class State(models.TextChoices):
        OPEN = "open", _("books open")
        CLOSED = "closed", _("books closed")

    month = models.DateField(_("month"), unique=True, help_text=_("Its first day."))
    state = StateField(_("state"), default=State.OPEN, choices=State.choices)
    totals = models.JSONField(
        _("totals"), default=dict, blank=True, help_text=_("Debit and credit of each account at the closing.")
    )

    class Meta:
        verbose_name = _("month of the books")
        verbose_name_plural = _("months of the books")
        ordering = ["-month"]
        constraints = [
            models.CheckConstraint(name="book_month_is_a_first_day", condition=Q(month__day=1)),
        ]
        triggers = [pgtrigger.Protect(name="no_delete", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"

    @transition(field=state, source=State.OPEN, target=State.CLOSED)
    def close(self, *, totals: dict[str, list[int]]) -> None:
        """Nothing is entered into it from now on."""
        self.totals = totals

    @transition(field=state, source=State.CLOSED, target=State.OPEN)
    def reopen(self) -> None:
        """A second person agreed that something be entered after all."""


def not_into_closed_months(name: str, day: str) -> pgtrigger.Trigger:
    """No row may be entered that the journal would date into a closed month. ``day``: SQL of its date on NEW."""
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        func=(
            "IF EXISTS (SELECT FROM billing_bookmonth book WHERE book.state = 'closed'"
            f" AND book.month = date_trunc('month', {day})::date)"
            f" THEN RAISE EXCEPTION 'pgtrigger: the books of % are closed', to_char({day}, 'YYYY-MM')"
            " USING ERRCODE = 'check_violation'; END IF; RETURN NEW;"
        ),
    )


def issued_in_open_months() -> pgtrigger.Trigger:
    """No invoice may be issued on a day of a closed month: one check for each statement, so that a run stays fast."""
    return pgtrigger.Trigger(
        name="issued_in_open_months",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=pgtrigger.Update,
        referencing=pgtrigger.Referencing(old="before", new="changed"),  # type: ignore[no-untyped-call]  # pgtrigger carries no types
        func=(
            "IF EXISTS (SELECT FROM billing_bookmonth WHERE state = 'closed') AND EXISTS ("
            "SELECT FROM changed JOIN before USING (id) JOIN billing_bookmonth book"
            " ON book.state = 'closed' AND book.month = date_trunc('month', changed.issued_on)::date"
            " WHERE before.issued_on IS DISTINCT FROM changed.issued_on)"
            " THEN RAISE EXCEPTION 'pgtrigger: the books of that month are closed'"
            " USING ERRCODE = 'check_violation'; END IF; RETURN NULL;"
        ),
    )
