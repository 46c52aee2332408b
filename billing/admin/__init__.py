"""The staff pages of billing, and what billing adds to the pages of contracts."""

from billing.admin.account import BillingAccountAdmin
from billing.admin.arrears import ArrearsPolicyAdmin, ArrearsStepAdmin
from billing.admin.bank_file import BankFileAdmin, CollectionAccountAdmin, TransferLineAdmin
from billing.admin.book_month import BookMonthAdmin
from billing.admin.charge import ChargeAdmin
from billing.admin.collection import (
    CollectionAgencyAdmin,
    PartnerClaimAdmin,
    agree_collection_button,
    partner_charge_button,
)
from billing.admin.collector_order import CollectorOrderAdmin
from billing.admin.contract_panels import (
    contract_panels,
    outage_panels,
    partner_fault_panels,
    subscriber_panels,
    work_panels,
)
from billing.admin.credit_note import CreditNoteAdmin
from billing.admin.credit_proposal import CreditProposalAdmin
from billing.admin.damage_claim import DamageClaimAdmin, damage_claim_button
from billing.admin.deposit import DepositAdmin
from billing.admin.dispute import DisputeAdmin
from billing.admin.due_policy import DuePolicyAdmin
from billing.admin.estimate_button import estimate_button
from billing.admin.explanation_button import explanation_button, explanation_panels
from billing.admin.extra_bill import ExtraBillAdmin, extra_bill_button
from billing.admin.fee_objection import fee_objection_button
from billing.admin.forecast_button import forecast_button
from billing.admin.held_invoice import HeldInvoiceAdmin, ReviewPolicyAdmin
from billing.admin.invoice import InvoiceAdmin
from billing.admin.moved_first_day import MovedFirstDayAdmin
from billing.admin.parked_contract import ParkedContractAdmin
from billing.admin.paying_otherwise import LumpPaymentAdmin
from billing.admin.payment import PaymentAdmin
from billing.admin.penalty_button import penalty_button
from billing.admin.promise import PaymentPromiseAdmin
from billing.admin.refund import ReceivableEndAdmin, RefundAdmin
from billing.admin.relief import ReliefAdmin
from billing.admin.remittance import PartnerListAdmin, PartnerReceiptAdmin, PartnerRemittanceAdmin
from billing.admin.request_costs import costs, costs_together, request_panels, work_costs
from billing.admin.run import BillingRunAdmin
from billing.admin.subscriber_buttons import (
    account_button,
    enforce_unpaid_button,
    instalments_button,
    items_of,
    overdue_of,
)
from billing.admin.supplement import SupplementAdmin
from billing.admin.tariff import TariffAdmin
from billing.admin.tax_rate import TaxRateAdmin
from billing.admin.usage import UsageAdmin
from contracts.admin import known_arrears, request_costs
from contracts.admin.work_items import ask_for_costs, offer_work_items
from contracts.models import Contract, Outage, PartnerFault, Request, Subscriber, Suspension, Work
from workflow.staff.further import add_buttons, add_panels

add_panels(Subscriber, subscriber_panels)
add_panels(Contract, contract_panels)
add_panels(Work, work_panels)
add_panels(Outage, outage_panels)
add_panels(PartnerFault, partner_fault_panels)
add_buttons(
    Contract,
    forecast_button,
    extra_bill_button,
    penalty_button,
    estimate_button,
    agree_collection_button,
    partner_charge_button,
    fee_objection_button,
    damage_claim_button,
)
add_buttons(Subscriber, account_button)
add_buttons(Suspension, enforce_unpaid_button)
add_buttons(Work, instalments_button)
offer_work_items(items_of)
ask_for_costs(work_costs)
request_costs.ask(costs)
request_costs.ask_open(costs_together)
add_panels(Request, explanation_panels)
add_panels(Request, request_panels)
add_buttons(Request, explanation_button)
known_arrears.ask(overdue_of)

__all__ = [
    "ArrearsPolicyAdmin",
    "ArrearsStepAdmin",
    "BankFileAdmin",
    "BillingAccountAdmin",
    "BillingRunAdmin",
    "BookMonthAdmin",
    "ChargeAdmin",
    "CollectionAccountAdmin",
    "CollectionAgencyAdmin",
    "CollectorOrderAdmin",
    "CreditNoteAdmin",
    "CreditProposalAdmin",
    "DamageClaimAdmin",
    "DepositAdmin",
    "DisputeAdmin",
    "DuePolicyAdmin",
    "ExtraBillAdmin",
    "HeldInvoiceAdmin",
    "InvoiceAdmin",
    "LumpPaymentAdmin",
    "MovedFirstDayAdmin",
    "ParkedContractAdmin",
    "PartnerClaimAdmin",
    "PartnerListAdmin",
    "PartnerReceiptAdmin",
    "PartnerRemittanceAdmin",
    "PaymentAdmin",
    "PaymentPromiseAdmin",
    "ReceivableEndAdmin",
    "RefundAdmin",
    "ReliefAdmin",
    "ReviewPolicyAdmin",
    "SupplementAdmin",
    "TariffAdmin",
    "TaxRateAdmin",
    "TransferLineAdmin",
    "UsageAdmin",
]
