"""Every occasion on which somebody is told something, and the facts that its text must state.

The text stands in templates/notices/<code>.txt. A fact that is missing, misspelt or of another kind stops the
action before anything is written; optional facts may be left out.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from notices.errors import UnknownOccasion
from notices.facts import CHOICE, COUNT, DAY, FEES, FLAG, MOMENT, MONTH, OPEN_DAY, TEXT, TEXTS, YEN, Kind

Facts = Mapping[str, Kind]


@dataclass(frozen=True)
class Occasion:
    """One occasion: its code, its name on staff screens, the facts it demands and those it may state besides."""

    code: str
    label: Promise
    facts: Facts
    optional: Facts = field(default_factory=dict)

    @property
    def template(self) -> str:
        """The template of its text."""
        return f"notices/{self.code}.txt"


OCCASIONS: dict[str, Occasion] = {}


def occasion(code: str) -> Occasion:
    """The occasion of that code. UnknownOccasion where there is none."""
    try:
        return OCCASIONS[code]
    except KeyError:
        raise UnknownOccasion(
            f"no occasion {code!r}; notices/occasions.py has {', '.join(sorted(OCCASIONS))}"
        ) from None


def _occasion(code: str, label: Promise, facts: Facts, **optional: Kind) -> None:
    OCCASIONS[code] = Occasion(code, label, facts, optional)


_REQUEST: Facts = {"request_number": TEXT, "kind": CHOICE}
_CONTRACT: Facts = {"contract_number": TEXT, "product": TEXT}
# What the documents want a notice of suspension to state: reason, date, period. None is a period without a last day.
_SANCTION: Facts = {"reason": TEXT, "starts_on": DAY, "through": OPEN_DAY}
_API: Facts = {"api_id": TEXT}

# --- Requests and the making of a contract -----------------------------------------------------

_occasion(
    "request_received",
    _("request received"),
    {**_REQUEST, "received_at": MOMENT},
    product=TEXT,
    contract_number=TEXT,
)
_occasion(
    "request_refused",
    _("request refused"),
    {**_REQUEST, "decided_on": DAY, "reason": TEXT},
    contract_number=TEXT,
)
_occasion(
    "request_deferred",
    _("request deferred"),
    {**_REQUEST, "reason": TEXT},
    answer_by=DAY,
    contract_number=TEXT,
)
_occasion(
    "request_withdrawn", _("request withdrawn"), {**_REQUEST, "withdrawn_on": DAY}, contract_number=TEXT
)
_occasion(
    "request_accepted",
    _("request accepted"),
    {**_REQUEST, "decided_on": DAY},
    contract_number=TEXT,
    effective_on=DAY,
    fees=FEES,
)
_occasion(
    "contract_accepted",
    _("contract accepted"),
    # formed_on is None where the document forms the contract later, at registration.
    {**_CONTRACT, "accepted_on": DAY, "formed_on": OPEN_DAY},
    request_number=TEXT,
    fees=FEES,
)
_occasion(
    "contract_document",
    _("document after conclusion"),
    {
        **_CONTRACT,
        "formed_on": DAY,
        "place": TEXT,
        "fees": FEES,
        "payment": TEXT,
        "term": TEXT,
        "ending": TEXT,
        "early_ending": TEXT,
        # Whether 初期契約解除 (電気通信事業法26の3) is open to this subscriber; a corporation has none.
        "initial_cancellation": FLAG,
    },
    service_start=DAY,
    options=TEXTS,
)
_occasion(
    "works_appointed",
    _("works appointed"),
    {**_CONTRACT, "work": CHOICE, "planned_at": MOMENT},
    place=TEXT,
    appointed=FLAG,
    fees=FEES,
)
_occasion(
    "contract_opened",
    _("service started"),
    {**_CONTRACT, "formed_on": DAY, "service_start": DAY},
    line_number=TEXT,
    phone_number=TEXT,
    charged_from=DAY,
    term_through=DAY,
)
_occasion(
    "initial_cancellation_confirmed",
    _("initial cancellation confirmed"),
    {**_CONTRACT, "ends_on": DAY},
    fees=FEES,
)

# --- Changes of a running contract -------------------------------------------------------------

_occasion(
    "change_done",
    _("change carried out"),
    {**_CONTRACT, "change": CHOICE, "effective_on": DAY},
    details=TEXTS,
    fees=FEES,
)
_occasion(
    "approval_number_issued",
    _("approval number issued"),
    {**_CONTRACT, "approval_number": TEXT, "valid_through": DAY},
)
_occasion(
    "transfer_effective",
    _("transfer effective"),
    {**_CONTRACT, "transferor": TEXT, "transferee": TEXT, "effective_on": DAY, "debts": FLAG},
    fees=FEES,
)
_occasion(
    "succession_recorded",
    _("succession recorded"),
    {**_CONTRACT, "predecessor": TEXT, "successor": TEXT, "effective_on": DAY},
    representative=TEXT,
)
_occasion(
    "name_change_recorded",
    _("change of name or address recorded"),
    {"changes": TEXTS, "recorded_on": DAY},
    subscriber_number=TEXT,
)
_occasion(
    "number_changed",
    _("line number changed"),
    {**_CONTRACT, "old_number": TEXT, "new_number": TEXT, "effective_on": DAY, "reason": TEXT},
)
_occasion(
    "malware_warning",
    _("warning of malware"),
    {**_CONTRACT, "ip_address": TEXT, "seen_at": MOMENT, "source": TEXT, "weakness": TEXT},
)
_occasion(
    "single_line",
    _("one line left in its group"),
    {**_CONTRACT, "group_number": TEXT, "single_since": DAY, "applies_from": DAY, "fee": YEN},
)
_occasion("pause_started", _("pause started"), {**_CONTRACT, "starts_on": DAY, "charged": FLAG})
_occasion("pause_ended", _("pause ended"), {**_CONTRACT, "resumed_on": DAY})
_occasion(
    "partner_informed",
    _("partner informed"),
    {**_CONTRACT, "event": TEXT, "effective_on": DAY},
    subscriber=TEXT,
)
_occasion(
    "arrears_told_to_partner",
    _("arrears told to a partner"),
    {**_CONTRACT, "subscriber": TEXT, "amount": YEN, "due_on": DAY},
)

# --- Money -------------------------------------------------------------------------------------

_occasion(
    "invoice_issued",
    _("invoice issued"),
    {"invoice_number": TEXT, "month": MONTH, "total": YEN, "due_on": DAY, "method": CHOICE},
    charges=FEES,
    taxes=FEES,
    registration_number=TEXT,
)
_occasion(
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
)
_occasion(
    "payment_received",
    _("payment received"),
    {"amount": YEN, "paid_on": DAY},
    invoice_numbers=TEXTS,
    method=CHOICE,
    still_owed=YEN,
)
_occasion(
    "payment_reminder",
    _("payment reminder"),
    {"invoice_number": TEXT, "month": MONTH, "amount_due": YEN, "due_on": DAY},
    pay_by=DAY,
    interest_rate=TEXT,
)
_occasion(
    "payment_promised",
    _("promise to pay"),
    {"invoice_number": TEXT, "month": MONTH, "amount_due": YEN, "due_on": DAY, "pay_by": DAY},
)
_occasion(
    "collection_agreed",
    _("collection agreed"),
    {**_CONTRACT, "partner": TEXT, "agreed_on": DAY, "collects": TEXT, "charges_of": TEXT},
)
_occasion(
    "collection_abolished",
    _("collection abolished"),
    {**_CONTRACT, "partner": TEXT, "abolished_on": DAY, "reason": TEXT, "handed_back": YEN},
)
_occasion(
    "transfer_failed",
    _("account transfer failed"),
    {"invoice_number": TEXT, "month": MONTH, "amount": YEN, "debit_on": DAY, "reason": TEXT},
)
_occasion(
    "outage_credit",
    _("outage credit"),
    {**_CONTRACT, "down_at": MOMENT, "restored_at": MOMENT, "amount": YEN},
    known_at=MOMENT,
    days=COUNT,
    month=MONTH,
)
_occasion(
    "claim_assigned",
    _("claim assigned"),
    {"invoice_number": TEXT, "month": MONTH, "total": YEN, "assignee": TEXT, "assigned_on": DAY},
)

_occasion(
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
)

# --- Sanctions and endings ---------------------------------------------------------------------

_occasion(
    "suspension_notice",
    _("notice of suspension"),
    {**_CONTRACT, **_SANCTION},
    until_paid=FLAG,
    invoice_number=TEXT,
    amount_due=YEN,
    pay_by=DAY,
)
_occasion(
    "suspension_in_force", _("suspension in force"), {**_CONTRACT, **_SANCTION}, until_paid=FLAG, charged=FLAG
)
_occasion("suspension_lifted", _("suspension lifted"), {**_CONTRACT, "lifted_on": DAY}, reason=TEXT)
_occasion("suspension_withdrawn", _("suspension withdrawn"), {**_CONTRACT, "withdrawn_on": DAY}, reason=TEXT)
_occasion(
    "ending_confirmed",
    _("ending confirmed"),
    {**_CONTRACT, "ends_on": DAY},
    received_on=DAY,
    fees=FEES,
    equipment=TEXTS,
    return_by=DAY,
)
_occasion(
    "ending_notice",
    _("notice of ending"),
    {**_CONTRACT, "reason": TEXT, "ends_on": DAY},
    amount_due=YEN,
    pay_by=DAY,
    accelerates=FLAG,
)
_occasion(
    "debts_accelerated",
    _("all debts due at once"),
    {**_CONTRACT, "terms_title": TEXT, "reason": TEXT, "due_on": DAY},
)
_occasion(
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
)
_occasion(
    "acceleration_withdrawn",
    _("time to pay given back"),
    {**_CONTRACT, "terms_title": TEXT, "reason": TEXT, "withdrawn_on": DAY},
)
_occasion(
    "performance_demanded",
    _("performance demanded"),
    {**_CONTRACT, "reason": TEXT, "perform_by": DAY},
)
_occasion(
    "content_measure",
    _("measure against content announced"),
    {**_CONTRACT, "measure": TEXT, "content": TEXT, "reason": TEXT, "planned_on": DAY},
)
_occasion(
    "claim_passed_on",
    _("claim passed on"),
    {**_CONTRACT, "claimant": TEXT, "what": TEXT, "received_on": DAY},
)
_occasion(
    "damage_claimed",
    _("cost of damage claimed"),
    {**_CONTRACT, "what": TEXT, "amount": YEN, "pay_by": DAY},
)
_occasion("ending_withdrawn", _("ending withdrawn"), {**_CONTRACT, "withdrawn_on": DAY}, reason=TEXT)
_occasion(
    "contract_ended",
    _("contract ended"),
    {**_CONTRACT, "ends_on": DAY},
    reason=TEXT,
    fees=FEES,
    equipment=TEXTS,
    return_by=DAY,
)

# --- Equipment ---------------------------------------------------------------------------------

_UNIT: Facts = {**_CONTRACT, "equipment": TEXT, "serial_number": TEXT}
_occasion(
    "equipment_return_asked",
    _("lent equipment asked back"),
    {**_UNIT, "why": CHOICE},
    # The operator names the place (hikari-phone 25); the day is its own.
    return_by=DAY,
    place=TEXT,
)
_occasion(
    "equipment_return_reminder",
    _("reminder of lent equipment"),
    {**_UNIT, "return_by": DAY, "place": TEXT, "damages": FLAG},
)
_occasion(
    "equipment_claimed",
    _("lent equipment to be paid for"),
    {**_UNIT, "event": CHOICE, "claim": CHOICE},
    cost=YEN,
)

_occasion(
    "repair_test_result",
    _("result of a line test"),
    {**_CONTRACT, "symptom": TEXT, "tested_at": MOMENT, "clear": FLAG},
)
_occasion(
    "repair_closed",
    _("fault closed"),
    {**_CONTRACT, "symptom": TEXT, "closed_at": MOMENT, "cause": CHOICE, "fee_due": FLAG},
)

_occasion("inspection_asked", _("inspection of own equipment"), {**_CONTRACT, "equipment": TEXT})
_occasion(
    "own_equipment_failed",
    _("own equipment failed the inspection"),
    {**_CONTRACT, "equipment": TEXT, "removal": FLAG},
)

# --- What concerns many ------------------------------------------------------------------------

_occasion(
    "interruption_announced",
    _("interruption announced"),
    {"title": TEXT, "reason": TEXT, "starts_at": MOMENT, "ends_at": MOMENT},
    contract_number=TEXT,
    line_number=TEXT,
    urgent=FLAG,
    parts=TEXT,
)
_occasion(
    "restriction_declared",
    _("restriction of use declared"),
    {"ground": TEXT, "measure": TEXT, "reason": TEXT, "starts_at": MOMENT},
    ends_at=MOMENT,
    limit=TEXT,
    contract_number=TEXT,
    line_number=TEXT,
    urgent=FLAG,
)
_occasion(
    "discontinuation_announced",
    _("discontinuation announced"),
    {"service": TEXT, "reason": TEXT, "ends_on": DAY},
    contract_number=TEXT,
    alternative=TEXT,
)
_occasion(
    "halt_announced",
    _("halt of interconnection announced"),
    {**_CONTRACT, "reason": TEXT, "starts_on": DAY, "ends_on": DAY},
    option=TEXT,
)
_occasion("halt_ended", _("ended after the halt"), {**_CONTRACT, "ends_on": DAY}, option=TEXT)
_occasion(
    "terms_changed",
    _("terms changed"),
    {"terms": TEXT, "effective": DAY, "changes": TEXTS},
    objection_by=DAY,
    page=TEXT,
)

_occasion("fees_changed", _("fees changed"), {"terms": TEXT, "changes": TEXTS})

# --- The line information API ------------------------------------------------------------------

_occasion(
    "api_access_data",
    _("API access data"),
    {**_API, "accepted_on": DAY, "address": TEXT},
    manual=TEXT,
    kept_days=COUNT,
)
_occasion("api_refused", _("API contract refused"), {**_API, "decided_on": DAY, "reason": TEXT})
_occasion("api_suspension_notice", _("notice of API suspension"), {**_API, **_SANCTION}, parts=TEXT)
_occasion("api_suspended", _("API suspended"), {**_API, **_SANCTION}, parts=TEXT)
_occasion("api_suspension_lifted", _("API suspension lifted"), {**_API, "lifted_on": DAY})
_occasion("api_ending_notice", _("notice of API ending"), {**_API, "reason": TEXT, "ends_on": DAY})
_occasion(
    "api_part_ending_notice",
    _("notice of the end of a part of the API"),
    {**_API, "part": TEXT, "reason": TEXT, "ends_on": DAY},
)
_occasion("api_ended", _("API contract ended"), {**_API, "ends_on": DAY, "reason": TEXT})
_occasion(
    "credential_blocked",
    _("credential blocked"),
    {**_API, "credential": TEXT, "blocked_at": MOMENT, "reason": TEXT},
    instruction=TEXT,
)
_occasion(
    "api_breach_recorded",
    _("breach of the API terms"),
    {**_API, "duty": TEXT, "what": TEXT},
    who=TEXT,
)
_occasion(
    "api_damage_claimed",
    _("damages claimed under the API terms"),
    {**_API, "fault": TEXT, "what": TEXT, "amount": YEN, "pay_by": DAY},
)
_occasion(
    "api_claim_answered",
    _("claim for damages answered"),
    {**_API, "what": TEXT, "amount": YEN, "granted": FLAG, "reason": TEXT},
)
_occasion(
    "retention_notified", _("retention period notified"), {**_API, "kept_days": COUNT, "effective_on": DAY}
)
