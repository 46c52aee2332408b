"""Changes of a running contract."""

from django.utils.translation import gettext_lazy as _

from notices.facts import CHOICE, DAY, FEES, FLAG, MOMENT, TEXT, TEXTS, YEN
from notices.occasions.occasion import CONTRACT, occasion

OCCASIONS = (
    occasion(
        "change_done",
        _("change carried out"),
        {**CONTRACT, "change": CHOICE, "effective_on": DAY},
        details=TEXTS,
        fees=FEES,
    ),
    occasion(
        "approval_number_issued",
        _("approval number issued"),
        {**CONTRACT, "approval_number": TEXT, "valid_through": DAY},
    ),
    occasion(
        "transfer_effective",
        _("transfer effective"),
        {**CONTRACT, "transferor": TEXT, "transferee": TEXT, "effective_on": DAY, "debts": FLAG},
        fees=FEES,
    ),
    occasion(
        "succession_recorded",
        _("succession recorded"),
        {**CONTRACT, "predecessor": TEXT, "successor": TEXT, "effective_on": DAY},
        representative=TEXT,
    ),
    occasion(
        "name_change_recorded",
        _("change of name or address recorded"),
        {"changes": TEXTS, "recorded_on": DAY},
        subscriber_number=TEXT,
    ),
    occasion(
        "grade_changed",
        _("grade of a group of lines changes"),
        {
            **CONTRACT,
            "group_number": TEXT,
            "old_grade": TEXT,
            "new_grade": TEXT,
            "effective_on": DAY,
            "reason": TEXT,
        },
    ),
    occasion(
        "number_changed",
        _("line number changed"),
        {**CONTRACT, "old_number": TEXT, "new_number": TEXT, "effective_on": DAY, "reason": TEXT},
    ),
    occasion(
        "malware_warning",
        _("warning of malware"),
        {**CONTRACT, "ip_address": TEXT, "seen_at": MOMENT, "source": TEXT, "weakness": TEXT},
    ),
    occasion(
        "single_line",
        _("one line left in its group"),
        {**CONTRACT, "group_number": TEXT, "single_since": DAY, "applies_from": DAY, "fee": YEN},
    ),
    occasion("pause_started", _("pause started"), {**CONTRACT, "starts_on": DAY, "charged": FLAG}),
    occasion("pause_ended", _("pause ended"), {**CONTRACT, "resumed_on": DAY}),
    occasion(
        "partner_informed",
        _("partner informed"),
        {**CONTRACT, "event": TEXT, "effective_on": DAY},
        subscriber=TEXT,
    ),
    occasion(
        "arrears_told_to_partner",
        _("arrears told to a partner"),
        {**CONTRACT, "subscriber": TEXT, "amount": YEN, "due_on": DAY},
    ),
)
