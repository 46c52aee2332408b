"""Money: what is owed, asked for, received, and set against what."""

from billing.models.account import BillingAccount
from billing.models.arrears import ArrearsPolicy, ArrearsStep
from billing.models.assignee_payment import AssigneePayment
from billing.models.bank_file import BankFile, CollectionAccount
from billing.models.book_month import BookMonth
from billing.models.charge import Charge
from billing.models.collection_agency import CollectionAgency
from billing.models.collector_order import CollectorEvent, CollectorOrder
from billing.models.credit_note import (
    CreditNote,
    CreditNoteCounter,
    CreditNoteLine,
    CreditNoteTax,
    CreditProposal,
)
from billing.models.damage_claim import DamageClaim
from billing.models.deposit import Deposit
from billing.models.dispute import Dispute
from billing.models.due_policy import DuePolicy
from billing.models.extra_bill import ExtraBill
from billing.models.held_invoice import HeldInvoice, ReviewPolicy
from billing.models.instalment import InstalmentPlan
from billing.models.invoice import Invoice, InvoiceTax
from billing.models.invoice_choice import InvoiceChoice
from billing.models.invoice_paper import InvoicePaper
from billing.models.lump_payment import LumpPayment
from billing.models.moved_first_day import MovedFirstDay
from billing.models.partner_claim import PartnerClaim
from billing.models.partner_list import PartnerList, PartnerListLine, PartnerReceipt
from billing.models.payment import Allocation, Payment
from billing.models.payment_undoing import AllocationRelease, PaymentReturn
from billing.models.promise import PaymentPromise
from billing.models.receivable_end import ReceivableEnd
from billing.models.refund import Refund
from billing.models.relief import Relief
from billing.models.remittance import PartnerRemittance, RemittedClaim
from billing.models.run import BillingRun, InvoiceCounter, ParkedContract, RunChunk
from billing.models.supplement import Supplement
from billing.models.tariff import Tariff, TariffPrice, TaxCategory
from billing.models.tax_rate import TaxRate
from billing.models.transfer_line import TransferLine
from billing.models.usage import Usage

__all__ = [
    "Allocation",
    "AllocationRelease",
    "ArrearsPolicy",
    "ArrearsStep",
    "AssigneePayment",
    "BankFile",
    "BillingAccount",
    "BillingRun",
    "BookMonth",
    "Charge",
    "CollectionAccount",
    "CollectionAgency",
    "CollectorEvent",
    "CollectorOrder",
    "CreditNote",
    "CreditNoteCounter",
    "CreditNoteLine",
    "CreditNoteTax",
    "CreditProposal",
    "DamageClaim",
    "Deposit",
    "Dispute",
    "DuePolicy",
    "ExtraBill",
    "HeldInvoice",
    "InstalmentPlan",
    "Invoice",
    "InvoiceChoice",
    "InvoiceCounter",
    "InvoicePaper",
    "InvoiceTax",
    "LumpPayment",
    "MovedFirstDay",
    "ParkedContract",
    "PartnerClaim",
    "PartnerList",
    "PartnerListLine",
    "PartnerReceipt",
    "PartnerRemittance",
    "Payment",
    "PaymentPromise",
    "PaymentReturn",
    "ReceivableEnd",
    "Refund",
    "Relief",
    "RemittedClaim",
    "ReviewPolicy",
    "RunChunk",
    "Supplement",
    "Tariff",
    "TariffPrice",
    "TaxCategory",
    "TaxRate",
    "TransferLine",
    "Usage",
]
