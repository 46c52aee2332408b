"""What concerns many: interruptions, restrictions, what comes to an end, what changes for all."""

from django.utils.translation import gettext_lazy as _

from notices.facts import DAY, FLAG, MOMENT, TEXT, TEXTS
from notices.occasions.occasion import CONTRACT, occasion

OCCASIONS = (
    occasion(
        "interruption_announced",
        _("interruption announced"),
        {"title": TEXT, "reason": TEXT, "starts_at": MOMENT, "ends_at": MOMENT},
        contract_number=TEXT,
        line_number=TEXT,
        urgent=FLAG,
        parts=TEXT,
    ),
    occasion(
        "restriction_declared",
        _("restriction of use declared"),
        {"ground": TEXT, "measure": TEXT, "reason": TEXT, "starts_at": MOMENT},
        ends_at=MOMENT,
        limit=TEXT,
        contract_number=TEXT,
        line_number=TEXT,
        urgent=FLAG,
    ),
    occasion(
        "discontinuation_announced",
        _("discontinuation announced"),
        {"service": TEXT, "reason": TEXT, "ends_on": DAY},
        contract_number=TEXT,
        alternative=TEXT,
    ),
    occasion(
        "halt_announced",
        _("halt of interconnection announced"),
        {**CONTRACT, "reason": TEXT, "starts_on": DAY, "ends_on": DAY},
        option=TEXT,
    ),
    occasion("halt_ended", _("ended after the halt"), {**CONTRACT, "ends_on": DAY}, option=TEXT),
    occasion(
        "terms_changed",
        _("terms changed"),
        {"terms": TEXT, "effective": DAY, "changes": TEXTS},
        objection_by=DAY,
        page=TEXT,
    ),
    occasion("fees_changed", _("fees changed"), {"terms": TEXT, "changes": TEXTS}, objection=FLAG),
)
