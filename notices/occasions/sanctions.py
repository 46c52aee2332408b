"""Sanctions and endings."""

from django.utils.translation import gettext_lazy as _

from notices.facts import DAY, FEES, FLAG, TEXT, TEXTS, YEN
from notices.occasions.occasion import CONTRACT, SANCTION, occasion

OCCASIONS = (
    occasion(
        "suspension_notice",
        _("notice of suspension"),
        {**CONTRACT, **SANCTION},
        until_paid=FLAG,
        invoice_number=TEXT,
        amount_due=YEN,
        pay_by=DAY,
    ),
    occasion(
        "suspension_in_force",
        _("suspension in force"),
        {**CONTRACT, **SANCTION},
        until_paid=FLAG,
        charged=FLAG,
    ),
    occasion("suspension_lifted", _("suspension lifted"), {**CONTRACT, "lifted_on": DAY}, reason=TEXT),
    occasion(
        "suspension_withdrawn", _("suspension withdrawn"), {**CONTRACT, "withdrawn_on": DAY}, reason=TEXT
    ),
    occasion(
        "ending_confirmed",
        _("ending confirmed"),
        {**CONTRACT, "ends_on": DAY},
        received_on=DAY,
        fees=FEES,
        equipment=TEXTS,
        return_by=DAY,
    ),
    occasion(
        "ending_notice",
        _("notice of ending"),
        {**CONTRACT, "reason": TEXT, "ends_on": DAY},
        amount_due=YEN,
        pay_by=DAY,
        accelerates=FLAG,
        at_once=FLAG,
    ),
    occasion(
        "debts_accelerated",
        _("all debts due at once"),
        {**CONTRACT, "terms_title": TEXT, "reason": TEXT, "due_on": DAY},
    ),
    occasion(
        "unbilled_fell_due",
        _("charges not yet billed due at once"),
        {
            "terms_title": TEXT,
            "through": DAY,
            "due_on": DAY,
            "charges": FEES,
            "tax": YEN,
            "total": YEN,
        },
    ),
    occasion(
        "acceleration_withdrawn",
        _("time to pay given back"),
        {**CONTRACT, "terms_title": TEXT, "reason": TEXT, "withdrawn_on": DAY},
    ),
    occasion(
        "performance_demanded",
        _("performance demanded"),
        {**CONTRACT, "reason": TEXT, "perform_by": DAY},
    ),
    occasion(
        "content_measure",
        _("measure against content announced"),
        {**CONTRACT, "measure": TEXT, "content": TEXT, "reason": TEXT, "planned_on": DAY},
    ),
    occasion(
        "claim_passed_on",
        _("claim passed on"),
        {**CONTRACT, "claimant": TEXT, "what": TEXT, "received_on": DAY},
    ),
    occasion(
        "damage_claimed",
        _("cost of damage claimed"),
        {**CONTRACT, "what": TEXT, "amount": YEN, "pay_by": DAY},
    ),
    occasion("ending_withdrawn", _("ending withdrawn"), {**CONTRACT, "withdrawn_on": DAY}, reason=TEXT),
    occasion(
        "contract_ended",
        _("contract ended"),
        {**CONTRACT, "ends_on": DAY},
        reason=TEXT,
        fees=FEES,
        equipment=TEXTS,
        return_by=DAY,
    ),
)
