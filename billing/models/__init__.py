"""Money: what is owed, asked for, received, and set against what."""

from billing.models.account import BillingAccount
from billing.models.arrears import ArrearsPolicy, ArrearsStep
from billing.models.charge import Charge
from billing.models.dispute import Dispute
from billing.models.due_policy import DuePolicy
from billing.models.instalment import InstalmentPlan
from billing.models.invoice import Invoice, InvoiceTax
from billing.models.invoice_paper import InvoicePaper
from billing.models.payment import Allocation, Payment
from billing.models.run import BillingRun, InvoiceCounter, ParkedContract, RunChunk
from billing.models.tariff import Tariff, TariffPrice, TaxCategory
from billing.models.tax_rate import TaxRate
from billing.models.usage import Usage

__all__ = [
    "Allocation",
    "ArrearsPolicy",
    "ArrearsStep",
    "BillingAccount",
    "BillingRun",
    "Charge",
    "Dispute",
    "DuePolicy",
    "InstalmentPlan",
    "Invoice",
    "InvoiceCounter",
    "InvoicePaper",
    "InvoiceTax",
    "ParkedContract",
    "Payment",
    "RunChunk",
    "Tariff",
    "TariffPrice",
    "TaxCategory",
    "TaxRate",
    "Usage",
]
