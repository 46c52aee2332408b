"""The line information API."""

from django.utils.translation import gettext_lazy as _

from notices.facts import COUNT, DAY, FLAG, MOMENT, TEXT, YEN
from notices.occasions.occasion import API, SANCTION, occasion

OCCASIONS = (
    occasion(
        "api_access_data",
        _("API access data"),
        {**API, "accepted_on": DAY, "address": TEXT},
        manual=TEXT,
        kept_days=COUNT,
    ),
    occasion("api_refused", _("API contract refused"), {**API, "decided_on": DAY, "reason": TEXT}),
    occasion("api_suspension_notice", _("notice of API suspension"), {**API, **SANCTION}, parts=TEXT),
    occasion("api_suspended", _("API suspended"), {**API, **SANCTION}, parts=TEXT),
    occasion("api_suspension_lifted", _("API suspension lifted"), {**API, "lifted_on": DAY}),
    occasion("api_ending_notice", _("notice of API ending"), {**API, "reason": TEXT, "ends_on": DAY}),
    occasion(
        "api_part_ending_notice",
        _("notice of the end of a part of the API"),
        {**API, "part": TEXT, "reason": TEXT, "ends_on": DAY},
    ),
    occasion("api_ended", _("API contract ended"), {**API, "ends_on": DAY, "reason": TEXT}),
    occasion(
        "credential_blocked",
        _("credential blocked"),
        {**API, "credential": TEXT, "blocked_at": MOMENT, "reason": TEXT},
        instruction=TEXT,
    ),
    occasion(
        "api_breach_recorded",
        _("breach of the API terms"),
        {**API, "duty": TEXT, "what": TEXT},
        who=TEXT,
    ),
    occasion(
        "api_damage_claimed",
        _("damages claimed under the API terms"),
        {**API, "fault": TEXT, "what": TEXT, "amount": YEN, "pay_by": DAY},
    ),
    occasion(
        "api_claim_answered",
        _("claim for damages answered"),
        {**API, "what": TEXT, "amount": YEN, "granted": FLAG, "reason": TEXT},
    ),
    occasion(
        "retention_notified", _("retention period notified"), {**API, "kept_days": COUNT, "effective_on": DAY}
    ),
)
