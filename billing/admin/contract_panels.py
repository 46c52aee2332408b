"""What billing shows on the pages of subscribers, contracts, works and outages."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from billing.admin.explanation import language
from billing.admin.tables import charges_panel, invoices_panel, payments_panel
from billing.models import BillingAccount, Charge, InstalmentPlan, Invoice, Payment
from billing.outage_liability import Liability, all_limits, liabilities
from billing.selectors import balance_of, instalments_left
from contracts.models import Contract, Outage, PartnerFault, Subscriber, Work
from terms.rules.outage_damages import OutageDamagesResult
from terms.texts import describe
from workflow.staff import cells
from workflow.staff.button_form import today
from workflow.staff.panels import Panel, panel


def subscriber_panels(request: HttpRequest, subscriber: Subscriber) -> Iterable[Panel]:
    """Account, invoices and payments, for those who may see them."""
    if not request.user.has_perm("billing.view_invoice"):
        return
    account = BillingAccount.objects.filter(subscriber=subscriber).first()
    if account is None:
        return
    balance = balance_of(account, on=today())
    yield panel(
        _("billing account"),
        [account],
        [
            (_("Account"), lambda row: cells.link(row, row.get_method_display())),
            (_("Asked for and open"), lambda row: cells.yen(balance.open)),
            (_("of which overdue"), lambda row: cells.yen(balance.overdue)),
            (_("Paid and not used"), lambda row: cells.yen(balance.credit)),
        ],
    )
    yield invoices_panel(account.invoices.all(), more=cells.list_of(Invoice, account__id__exact=account.pk))
    yield payments_panel(account.payments.all(), more=cells.list_of(Payment, account__id__exact=account.pk))


def contract_panels(request: HttpRequest, contract: Contract) -> Iterable[Panel]:
    """The latest charges of a contract."""
    if request.user.has_perm("billing.view_charge"):
        charges = contract.charges.all()
        yield charges_panel(charges, more=cells.list_of(Charge, contract__id__exact=contract.pk), shown=10)


def work_panels(request: HttpRequest, work: Work) -> Iterable[Panel]:
    """What a work costs: its charges, or its instalments."""
    if not request.user.has_perm("billing.view_charge"):
        return
    yield charges_panel(Charge.objects.filter(source=f"work:{work.pk}"))
    plan = InstalmentPlan.objects.filter(work=work).first()
    if plan:
        yield panel(
            _("Instalments"),
            [plan],
            [
                (_("first month"), lambda row: f"{row.first_month:%Y-%m}"),
                (_("first instalment"), lambda row: cells.yen(row.first_amount)),
                (_("Each further one"), lambda row: cells.yen(row.amount)),
                (_("number of instalments"), lambda row: cells.number(row.count)),
                (_("Not asked for yet"), _not_asked),
                (_("article"), lambda row: cells.article(row.article)),
            ],
        )


def _not_asked(plan: InstalmentPlan) -> str:
    left = instalments_left(InstalmentPlan.objects.filter(pk=plan.pk))
    return cells.yen(left[0].balance if left else 0)


def outage_panels(request: HttpRequest, outage: Outage) -> Iterable[Panel]:
    """What an outage gives back."""
    if request.user.has_perm("billing.view_charge"):
        yield charges_panel(Charge.objects.filter(source=f"outage:{outage.pk}"), title=_("Credits"))
        owed = panel(
            _("Damages at most"),
            liabilities(outage),
            [
                (_("contract"), lambda row: cells.link(row.contract)),
                (_("at most"), _at_most),
                (_("calculation"), lambda row: _calculation(row.limit)),
                (_("article"), lambda row: cells.article(row.article)),
            ],
        )
        if owed.rows:
            yield owed


def partner_fault_panels(request: HttpRequest, fault: PartnerFault) -> Iterable[Panel]:
    """What would be owed to all who share in what the partner pays, beside that sum."""
    if request.user.has_perm("billing.view_charge"):
        together = all_limits(fault)
        if together != 0:
            yield panel(
                _("Damages at most"),
                [fault],
                [
                    (
                        _("Owed to all together without a limit"),
                        lambda row: (
                            _("Known once the month is billed") if together is None else cells.yen(together)
                        ),
                    ),
                    (_("damages received from the partner"), lambda row: cells.yen(row.received)),
                ],
            )


def _at_most(liability: Liability) -> Any:
    if liability.partner_pays:
        return _("Known once the partner’s damages are")
    if liability.waits:
        return _("Known once the month is billed")
    if liability.elsewhere:
        return _("As the terms say to which the document points")
    return cells.yen(liability.limit.amount) if liability.limit else _("No limit: intent or gross negligence")


def _calculation(limit: OutageDamagesResult | None) -> Any:
    lines = ((describe(line, language()),) for line in limit.lines) if limit else ()
    return format_html_join("", "<div>{}</div>", lines) or cells.EMPTY
