"""Money: what is owed, paid, given back or handed over."""

from django.utils.translation import gettext_lazy as _

from notices.facts import CHOICE, COUNT, DAY, FEES, MOMENT, MONTH, TEXT, TEXTS, YEN
from notices.occasions.occasion import CONTRACT, occasion

OCCASIONS = (
    occasion(
        "invoice_issued",
        _("invoice issued"),
        {"invoice_number": TEXT, "month": MONTH, "total": YEN, "due_on": DAY, "method": CHOICE},
        charges=FEES,
        taxes=FEES,
        registration_number=TEXT,
    ),
    occasion(
        "credit_note_issued",
        _("credit note issued"),
        {
            "credit_note_number": TEXT,
            "invoice_number": TEXT,
            "total": YEN,
            "reason": TEXT,
            "charges": FEES,
            "registration_number": TEXT,
        },
    ),
    occasion(
        "payment_received",
        _("payment received"),
        {"amount": YEN, "paid_on": DAY},
        invoice_numbers=TEXTS,
        method=CHOICE,
        still_owed=YEN,
    ),
    occasion(
        "payment_reminder",
        _("payment reminder"),
        {"invoice_number": TEXT, "month": MONTH, "amount_due": YEN, "due_on": DAY},
        pay_by=DAY,
        interest_rate=TEXT,
    ),
    occasion(
        "payment_promised",
        _("promise to pay"),
        {"invoice_number": TEXT, "month": MONTH, "amount_due": YEN, "due_on": DAY, "pay_by": DAY},
    ),
    occasion(
        "damage_claim_answered",
        _("claim for damages answered"),
        {**CONTRACT, "what": TEXT, "claimed": YEN, "amount": YEN, "reason": TEXT},
    ),
    occasion(
        "collection_agreed",
        _("collection agreed"),
        {**CONTRACT, "partner": TEXT, "agreed_on": DAY, "collects": TEXT, "charges_of": TEXT},
    ),
    occasion(
        "collection_abolished",
        _("collection abolished"),
        {**CONTRACT, "partner": TEXT, "abolished_on": DAY, "reason": TEXT},
        handed_back=YEN,
    ),
    occasion(
        "transfer_failed",
        _("account transfer failed"),
        {"invoice_number": TEXT, "month": MONTH, "amount": YEN, "debit_on": DAY, "reason": TEXT},
    ),
    occasion(
        "outage_credit",
        _("outage credit"),
        {**CONTRACT, "down_at": MOMENT, "restored_at": MOMENT, "amount": YEN},
        known_at=MOMENT,
        days=COUNT,
        month=MONTH,
    ),
    occasion(
        "claim_assigned",
        _("claim assigned"),
        {"invoice_number": TEXT, "month": MONTH, "total": YEN, "assignee": TEXT, "assigned_on": DAY},
    ),
    occasion(
        "claim_handed_over",
        _("claim handed over to the assignee"),
        {
            "invoice_number": TEXT,
            "month": MONTH,
            "total": YEN,
            "assigned_on": DAY,
            "subscriber": TEXT,
            "address": TEXT,
            "contracts": TEXTS,
        },
        suspensions=TEXTS,
    ),
)
