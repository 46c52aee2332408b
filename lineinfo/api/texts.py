"""What the documentation says of each call: a summary and a description."""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Text(NamedTuple):
    """In one line, and in a few."""

    summary: Promise
    description: Promise


TEXTS = {
    "lines_list": Text(
        _("Your lines"),
        _("The lines of your own live target contracts, narrowed to those that this API user may see."),
    ),
    "lines_one": Text(_("One line"), _("The line of that number. Lines of others are not found.")),
    "lines_status": Text(
        _("Status of a line"),
        _("What was reported last, and the works, faults and interruptions under way."),
    ),
    "lines_measurements": Text(
        _("Measurements of a line"),
        _(
            "The intervals that begin in [from, to), in order of time, as measured or added up by hour or day. Read on "
            "with next_cursor until it is null. Accept application/x-ndjson or text/csv, and the whole range comes as a "
            "stream, one line an interval. For judging how a line is used; never a basis of credits (article 15)."
        ),
    ),
    "lines_gaps": Text(
        _("Gaps in the measurements"),
        _(
            "The stretches of [from, to) of which nothing was measured, with works, fault or interruption as the reason."
        ),
    ),
    "lines_works": Text(
        _("Works on a line"), _("Construction that is planned, under way or done, the latest first.")
    ),
    "lines_outages": Text(
        _("Outages of a line"), _("Outages as the operator recorded them, the latest first.")
    ),
    "lines_interruptions": Text(
        _("Interruptions of a line"), _("Windows of maintenance or emergency on the line, the latest first.")
    ),
    "usage": Text(
        _("Your use"),
        _("Who you are to us, what is left of your calls in this minute, and how many there were today."),
    ),
    "incidents_list": Text(
        _("Reported credentials"),
        _(
            "Thefts and misuses of this API user’s credentials, and what the operator instructed, the latest first."
        ),
    ),
    "incidents_report": Text(
        _("Report a theft or misuse"),
        _(
            "The credential is blocked at once, be it the one of this call; then the report is looked at (article 8)."
        ),
    ),
    "deliveries_send": Text(
        _("Deliver line records"),
        _(
            "For the operator’s own systems, with a system credential. The body is CSV with a heading or one JSON object a line, "
            "measurements or line statuses, packed with gzip or not, and of bounded size. Good rows go in; each bad one is put "
            "aside with its line and the reason. The same bytes again are the same delivery and change nothing, with a key or "
            "without; other bytes under a used key are refused. The state is “received” while another worker still loads it: "
            "ask again."
        ),
    ),
    "deliveries_one": Text(
        _("One delivery"),
        _("What became of a delivery of line records, and the first 500 rows that were put aside."),
    ),
    "calls": Text(
        _("Your calls"),
        _("The log of this API user’s calls, or of all under the contract, the latest first."),
    ),
}

API = Text(
    _("Line information API"),
    _(
        "Version 1 answers an API user about the lines of the contractor’s own target services. Every call carries a "
        "credential as “Authorization: Bearer …”, and every refusal is a problem (RFC 9457) with a stable code.\n\n"
        "Send the ETag of an answer back as If-None-Match, and you get 304 while nothing has changed. Answers are "
        "compressed for who accepts gzip.\n\n"
        "Times are written with their offset, ranges are half-open [from, to), long lists come in pages. The values are "
        "not guaranteed; times of outage and credits are never computed from them (article 15). Free of charge "
        "(article 19)."
    ),
)
