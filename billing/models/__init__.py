"""Money: what is owed, asked for, received, and set against what."""

from billing.models.account import BillingAccount
from billing.models.arrears import ArrearsPolicy, ArrearsStep
from billing.models.charge import Charge
from billing.models.instalment import InstalmentPlan
from billing.models.invoice import Invoice, InvoiceTax
from billing.models.payment import Allocation, Payment
from billing.models.run import BillingRun, ParkedContract
from billing.models.tariff import Tariff, TariffPrice

__all__ = [
    "Allocation",
    "ArrearsPolicy",
    "ArrearsStep",
    "BillingAccount",
    "BillingRun",
    "Charge",
    "InstalmentPlan",
    "Invoice",
    "InvoiceTax",
    "ParkedContract",
    "Payment",
    "Tariff",
    "TariffPrice",
]
