"""What each role of staff may do, as permissions on models. ``manage.py load_roles`` writes it into the groups.

A role reads what its work needs; what it changes stands here by name. Superusers may do everything; system accounts
(the clock) do what their job says.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, kw_only=True)
class Role:
    """``reads`` names rooms whose every model may be viewed; ``does`` names further permissions, room by room."""

    label: Promise
    reads: frozenset[str]
    does: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


ALL_ROOMS = frozenset({"workflow", "notices", "contracts", "billing", "lineinfo"})
_RECORDS = frozenset({"notices", "contracts"})

ROLES: Mapping[str, Role] = {
    "reception": Role(
        label=_("reception"),
        reads=_RECORDS | {"billing", "lineinfo"},
        does={
            "contracts": (
                "add_subscriber",
                "change_subscriber",
                "add_request",
                "change_request",
                "change_contract",
                "add_ending",
                "change_ending",
                "add_work",
                "add_consent",
                "change_consent",
                "add_disclosure",
                "add_antisocialcheck",
                "add_violation",
                "add_individualagreement",
                "change_individualagreement",
                "add_lentequipment",
                "change_lentequipment",
                "add_linegroup",
                "change_linegroup",
                "add_ownequipment",
                "change_ownequipment",
                "add_repairticket",
                "change_repairticket",
            ),
            "billing": ("change_billingaccount",),
            "notices": ("change_notice", "add_printbatch", "add_posting"),
            "lineinfo": (
                "add_apicontract",
                "change_apicontract",
                "add_apiuser",
                "change_apiuser",
                "add_credential",
                "change_credential",
                "add_subcontractor",
                "change_subcontractor",
                "add_apibreach",
            ),
        },
    ),
    "billing": Role(
        label=_("billing"),
        reads=_RECORDS | {"billing"},
        does={
            "billing": (
                "change_billingaccount",
                "add_tariff",
                "change_tariff",
                "add_tariffprice",
                "add_usage",
                "change_tariffprice",
                "add_billingrun",
                "change_billingrun",
                "change_invoice",
                "add_creditproposal",
                "change_creditproposal",
                "add_charge",
                "add_damageclaim",
                "change_damageclaim",
                "add_supplement",
                "change_supplement",
                "add_extrabill",
                "change_extrabill",
                "add_relief",
                "change_relief",
                "add_movedfirstday",
                "change_movedfirstday",
                "add_lumppayment",
                "add_payment",
                "change_parkedcontract",
                "add_dispute",
                "add_paymentpromise",
                "change_dispute",
                "add_taxrate",
                "add_duepolicy",
                "change_duepolicy",
                "add_reviewpolicy",
                "change_reviewpolicy",
                "change_heldinvoice",
                "add_bankfile",
                "change_deposit",
                "add_refund",
                "change_refund",
                "change_bookmonth",
                "add_receivableend",
                "add_collectionagency",
                "change_collectionagency",
                "add_partnerclaim",
                "change_partnerclaim",
                "add_partnerremittance",
                "change_partnerremittance",
                "add_partnerlist",
                "add_partnerreceipt",
                "add_collectionaccount",
                "change_collectionaccount",
            ),
            "contracts": ("add_product", "change_product", "change_partnerfault"),
            "notices": ("change_notice",),
        },
    ),
    "credit_control": Role(
        label=_("credit control"),
        reads=_RECORDS | {"billing", "lineinfo"},
        does={
            "contracts": (
                "add_suspension",
                "change_suspension",
                "add_ending",
                "change_ending",
                "add_endingproposal",
                "change_endingproposal",
                "add_acceleration",
                "change_acceleration",
                "add_antisocialcheck",
                "add_violation",
                "change_violation",
                "add_contentmeasure",
                "add_retentionperiod",
                "add_legalhold",
                "change_legalhold",
            ),
            "billing": (
                "add_payment",
                "change_invoice",
                "add_receivableend",
                "add_arrearspolicy",
                "change_arrearspolicy",
                "add_dispute",
                "add_paymentpromise",
                "change_dispute",
            ),
            "notices": ("change_notice",),
            "lineinfo": (
                "change_apicontract",
                "add_apibreach",
                "change_apibreach",
                "add_apidamageclaim",
                "change_apidamageclaim",
            ),
        },
    ),
    "network": Role(
        label=_("network"),
        reads=_RECORDS | {"lineinfo"},
        does={
            "contracts": (
                "change_line",
                "add_work",
                "change_work",
                "add_outage",
                "change_outage",
                "add_partnerfault",
                "add_interruption",
                "change_interruption",
                "add_malwarereport",
                "add_restriction",
                "add_discontinuation",
                "change_discontinuation",
                "change_restriction",
                "change_servicearea",
                "add_servicearea",
                "add_lentequipment",
                "change_lentequipment",
                "add_ownequipment",
                "change_ownequipment",
                "add_repairticket",
                "change_repairticket",
                "add_returnpolicy",
                "change_returnpolicy",
            ),
            "notices": ("add_posting",),
            "lineinfo": (
                "change_credential",
                "add_linebatch",
                "change_linebatch",
                "add_systemcredential",
                "change_systemcredential",
            ),
        },
    ),
    "audit": Role(label=_("audit"), reads=ALL_ROOMS | {"auth", "django_celery_beat"}),
}
