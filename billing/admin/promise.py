"""Promises to pay, and which of them were kept."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from billing.models import PaymentPromise
from workflow.staff import cells
from workflow.staff.button_form import today
from workflow.staff.staff_admin import FactsAdmin


@admin.register(PaymentPromise)
class PaymentPromiseAdmin(FactsAdmin):
    list_display = ["agreed_on", "invoice_link", "yen", "pay_by", "outcome"]
    list_select_related = ["invoice"]
    date_hierarchy = "pay_by"
    fields = ["invoice_link", "yen", "agreed_on", "pay_by", "writing", "outcome", "notice_link", "by"]

    @admin.display(description=_("invoice"))
    def invoice_link(self, promise: PaymentPromise) -> str:
        return cells.link(promise.invoice)

    @admin.display(description=_("amount"), ordering="amount")
    def yen(self, promise: PaymentPromise) -> str:
        return cells.yen(promise.amount)

    @admin.display(description=_("outcome"))
    def outcome(self, promise: PaymentPromise) -> str:
        """Kept, broken, or still waited for: judged by what is open today."""
        if promise.is_broken(today()):
            return cells.badge(_("broken"), "danger")
        if promise.stands(today()):
            return cells.badge(_("not due yet"), "info")
        return cells.badge(_("nothing owed any more"), "success")

    @admin.display(description=_("notice"))
    def notice_link(self, promise: PaymentPromise) -> str:
        return cells.link(promise.notice)
