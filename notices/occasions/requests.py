"""Requests and the making of a contract."""

from django.utils.translation import gettext_lazy as _

from notices.facts import CHOICE, DAY, FEES, FLAG, MOMENT, OPEN_DAY, TEXT, TEXTS
from notices.occasions.occasion import CONTRACT, REQUEST, occasion

OCCASIONS = (
    occasion(
        "request_received",
        _("request received"),
        {**REQUEST, "received_at": MOMENT},
        product=TEXT,
        contract_number=TEXT,
    ),
    occasion(
        "request_refused",
        _("request refused"),
        {**REQUEST, "decided_on": DAY, "reason": TEXT},
        contract_number=TEXT,
    ),
    occasion(
        "request_deferred",
        _("request deferred"),
        {**REQUEST, "reason": TEXT},
        answer_by=DAY,
        contract_number=TEXT,
    ),
    occasion(
        "request_withdrawn", _("request withdrawn"), {**REQUEST, "withdrawn_on": DAY}, contract_number=TEXT
    ),
    occasion(
        "request_accepted",
        _("request accepted"),
        {**REQUEST, "decided_on": DAY},
        contract_number=TEXT,
        effective_on=DAY,
        fees=FEES,
    ),
    occasion(
        "contract_accepted",
        _("contract accepted"),
        # formed_on is None where the document forms the contract later, at registration.
        {**CONTRACT, "accepted_on": DAY, "formed_on": OPEN_DAY},
        request_number=TEXT,
        fees=FEES,
    ),
    occasion(
        "contract_document",
        _("document after conclusion"),
        {
            **CONTRACT,
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
    ),
    occasion(
        "works_appointed",
        _("works appointed"),
        {**CONTRACT, "work": CHOICE, "planned_at": MOMENT},
        place=TEXT,
        appointed=FLAG,
        fees=FEES,
    ),
    occasion(
        "works_cancelled",
        _("works cancelled"),
        {**CONTRACT, "work": CHOICE, "planned_at": MOMENT, "cancelled_on": DAY},
        reason=TEXT,
    ),
    occasion(
        "contract_opened",
        _("service started"),
        {**CONTRACT, "formed_on": DAY, "service_start": DAY},
        line_number=TEXT,
        phone_number=TEXT,
        charged_from=DAY,
        term_through=DAY,
    ),
    occasion(
        "initial_cancellation_confirmed",
        _("initial cancellation confirmed"),
        {**CONTRACT, "ends_on": DAY},
        fees=FEES,
    ),
)
