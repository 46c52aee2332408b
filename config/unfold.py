"""How the staff side looks, and what stands in its menu."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse_lazy
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Item = dict[str, Any]


def _may_view(model: str) -> Callable[[HttpRequest], bool]:
    app, _dot, name = model.partition(".")
    return lambda request: request.user.has_perm(f"{app}.view_{name}")


def _page(title: Promise, icon: str, model: str) -> Item:
    """The list of a model, for those who may see it."""
    address = reverse_lazy(f"admin:{model.replace('.', '_')}_changelist")
    return {"title": title, "icon": icon, "link": address, "permission": _may_view(model)}


MENU = [
    {
        "items": [
            {"title": _("Today"), "icon": "today", "link": reverse_lazy("admin:index")},
            _page(_("Requests"), "inbox", "contracts.request"),
            _page(_("Approvals"), "how_to_reg", "workflow.approval"),
        ],
    },
    {
        "title": _("Customers"),
        "items": [
            _page(_("Subscribers"), "person", "contracts.subscriber"),
            _page(_("Contracts"), "contract", "contracts.contract"),
            _page(_("Lines"), "cable", "contracts.line"),
            _page(_("Line groups"), "apartment", "contracts.linegroup"),
            _page(_("Works"), "construction", "contracts.work"),
            _page(_("Lent equipment"), "router", "contracts.lentequipment"),
            _page(_("Own equipment"), "settings_phone", "contracts.ownequipment"),
            _page(_("Suspensions"), "block", "contracts.suspension"),
            _page(_("Violations"), "policy", "contracts.violation"),
            _page(_("Endings"), "logout", "contracts.ending"),
            _page(_("Debts due at once"), "alarm", "contracts.acceleration"),
            _page(_("Proposed endings"), "rule", "contracts.endingproposal"),
        ],
    },
    {
        "title": _("Papers"),
        "collapsible": True,
        "items": [
            _page(_("Contract documents"), "description", "contracts.contractdocument"),
            _page(_("Consents"), "task_alt", "contracts.consent"),
            _page(_("Individual agreements"), "handshake", "contracts.individualagreement"),
            _page(_("Contracts under earlier terms"), "history", "contracts.keptversion"),
            _page(_("Disclosures"), "share", "contracts.disclosure"),
            _page(_("Anti-social checks"), "shield", "contracts.antisocialcheck"),
        ],
    },
    {
        "title": _("Network"),
        "items": [
            _page(_("Interruptions"), "event_busy", "contracts.interruption"),
            _page(_("Repair tickets"), "build", "contracts.repairticket"),
            _page(_("Outages"), "report", "contracts.outage"),
            _page(_("Faults of partners"), "cloud_off", "contracts.partnerfault"),
            _page(_("Discontinuations"), "event_available", "contracts.discontinuation"),
            _page(_("Malware reports"), "bug_report", "contracts.malwarereport"),
            _page(_("Restrictions of use"), "traffic", "contracts.restriction"),
        ],
    },
    {
        "title": _("Money"),
        "items": [
            _page(_("Billing runs"), "play_circle", "billing.billingrun"),
            _page(_("Held invoices"), "front_hand", "billing.heldinvoice"),
            _page(_("Invoices"), "receipt_long", "billing.invoice"),
            _page(_("Credit notes"), "undo", "billing.creditnote"),
            _page(_("Proposed credits"), "rule", "billing.creditproposal"),
            _page(_("Payments"), "payments", "billing.payment"),
            _page(_("Orders to the collector"), "credit_card", "billing.collectororder"),
            _page(_("Bank deposits"), "savings", "billing.deposit"),
            _page(_("Bank files"), "drive_folder_upload", "billing.bankfile"),
            _page(_("Account transfers"), "sync_alt", "billing.transferline"),
            _page(_("Collection accounts"), "account_balance_wallet", "billing.collectionaccount"),
            _page(_("Refunds"), "undo", "billing.refund"),
            _page(_("Books"), "menu_book", "billing.bookmonth"),
            _page(_("Ends of claims"), "money_off", "billing.receivableend"),
            _page(_("Arrears"), "schedule", "billing.arrearsstep"),
            _page(_("Disputes"), "forum", "billing.dispute"),
            _page(_("Promises to pay"), "event_upcoming", "billing.paymentpromise"),
            _page(_("Collections with partners"), "handshake", "billing.collectionagency"),
            _page(_("Partners’ claims"), "call_split", "billing.partnerclaim"),
            _page(_("Remittances to partners"), "outbound", "billing.partnerremittance"),
            _page(_("Lists for collecting partners"), "list", "billing.partnerlist"),
            _page(_("Received from partners"), "input", "billing.partnerreceipt"),
            _page(_("Billing accounts"), "account_balance", "billing.billingaccount"),
            _page(_("Charges"), "list_alt", "billing.charge"),
            _page(_("Claims for damages"), "healing", "billing.damageclaim"),
            _page(_("Supplements"), "add_circle", "billing.supplement"),
            _page(_("Extra bills"), "more_time", "billing.extrabill"),
            _page(_("Disaster reliefs"), "flood", "billing.relief"),
            _page(_("Moves of the tariff month"), "edit_calendar", "billing.movedfirstday"),
            _page(_("Lump payments"), "stacks", "billing.lumppayment"),
            _page(_("Parked contracts"), "local_parking", "billing.parkedcontract"),
            _page(_("Measured use"), "speed", "billing.usage"),
            _page(_("Tariffs"), "sell", "billing.tariff"),
            _page(_("Arrears policies"), "tune", "billing.arrearspolicy"),
            _page(_("Due-date policies"), "event", "billing.duepolicy"),
            _page(_("Review policies"), "visibility", "billing.reviewpolicy"),
            _page(_("Tax rates"), "percent", "billing.taxrate"),
        ],
    },
    {
        "title": _("Notices"),
        "items": [
            _page(_("Notices"), "mail", "notices.notice"),
            _page(_("Postings"), "campaign", "notices.posting"),
            _page(_("Letters"), "print", "notices.printbatch"),
        ],
    },
    {
        "title": _("Line information API"),
        "collapsible": True,
        "items": [
            _page(_("API contracts"), "api", "lineinfo.apicontract"),
            _page(_("API users"), "badge", "lineinfo.apiuser"),
            _page(_("Credentials"), "key", "lineinfo.credential"),
            _page(_("API suspensions"), "block", "lineinfo.apisuspension"),
            _page(_("Thefts and misuse"), "warning", "lineinfo.credentialincident"),
            _page(_("Subcontractors"), "handshake", "lineinfo.subcontractor"),
            _page(_("Breaches of the API terms"), "gavel", "lineinfo.apibreach"),
            _page(_("API damages"), "balance", "lineinfo.apidamageclaim"),
            _page(_("API calls"), "receipt", "lineinfo.apicall"),
            _page(_("Line statuses"), "monitor_heart", "lineinfo.linestatus"),
            _page(_("Deliveries"), "move_to_inbox", "lineinfo.linebatch"),
            _page(_("System credentials"), "vpn_key", "lineinfo.systemcredential"),
            _page(_("Rows put aside"), "rule", "lineinfo.badrow"),
            _page(_("Target services"), "target", "lineinfo.targetservice"),
            _page(_("Ended parts of the API"), "content_cut", "lineinfo.endedpart"),
        ],
    },
    {
        "title": _("Terms and catalogue"),
        "collapsible": True,
        "items": [
            {"title": _("Articles"), "icon": "gavel", "link": reverse_lazy("admin:articles")},
            _page(_("Terms versions"), "history_edu", "contracts.termsversion"),
            _page(_("Other documents"), "menu_book", "contracts.referenceversion"),
            _page(_("Products"), "inventory_2", "contracts.product"),
            _page(_("Return policies"), "assignment_return", "contracts.returnpolicy"),
            _page(_("Service areas"), "map", "contracts.servicearea"),
            _page(_("Partners"), "handshake", "contracts.partner"),
        ],
    },
    {
        "title": _("Administration"),
        "collapsible": True,
        "items": [
            _page(_("Users"), "group", "workflow.user"),
            _page(_("Roles"), "shield_person", "auth.group"),
            _page(_("Second factors"), "phonelink_lock", "mfa.authenticator"),
            _page(_("State changes"), "timeline", "workflow.statechange"),
            _page(_("Retention periods"), "hourglass_bottom", "contracts.retentionperiod"),
            _page(_("Legal holds"), "gavel", "contracts.legalhold"),
            _page(_("Certificates of erasure"), "verified", "contracts.purgecertificate"),
            _page(_("Scheduled jobs"), "update", "django_celery_beat.periodictask"),
        ],
    },
]

# A quiet steel blue on neutral greys.
_PRIMARY = {
    "50": "oklch(97.5% .012 245)",
    "100": "oklch(94.5% .025 245)",
    "200": "oklch(89% .045 245)",
    "300": "oklch(81% .07 245)",
    "400": "oklch(70% .095 246)",
    "500": "oklch(59% .11 248)",
    "600": "oklch(48% .105 250)",
    "700": "oklch(42% .095 250)",
    "800": "oklch(36% .08 251)",
    "900": "oklch(30% .065 252)",
    "950": "oklch(23% .05 253)",
}

UNFOLD: dict[str, Any] = {
    "SITE_TITLE": _("Back office"),
    "SITE_HEADER": _("Back office"),
    "SITE_SYMBOL": "gavel",
    "SITE_URL": "/",
    "SHOW_LANGUAGES": True,
    "SHOW_HISTORY": True,
    "SHOW_VIEW_ON_SITE": False,
    "BORDER_RADIUS": "6px",
    "COLORS": {"primary": _PRIMARY},
    "STYLES": [lambda request: static("staff/staff.css")],
    "SIDEBAR": {"show_all_applications": False, "navigation": MENU},
}
