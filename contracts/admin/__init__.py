"""The staff pages of contracts."""

from contracts.admin.acceleration import AccelerationAdmin
from contracts.admin.anti_social_check import AntiSocialCheckAdmin
from contracts.admin.consent import ConsentAdmin
from contracts.admin.contract import ContractAdmin
from contracts.admin.contract_document import ContractDocumentAdmin
from contracts.admin.disclosure import DisclosureAdmin
from contracts.admin.discontinuation import DiscontinuationAdmin
from contracts.admin.ending import EndingAdmin
from contracts.admin.ending_proposal import EndingProposalAdmin
from contracts.admin.individual_agreement import IndividualAgreementAdmin
from contracts.admin.interruption import InterruptionAdmin
from contracts.admin.kept_version import KeptVersionAdmin
from contracts.admin.lent_equipment import LentEquipmentAdmin
from contracts.admin.line import LineAdmin
from contracts.admin.line_group import LineGroupAdmin
from contracts.admin.malware_report import MalwareReportAdmin
from contracts.admin.outage import OutageAdmin
from contracts.admin.own_equipment import OwnEquipmentAdmin
from contracts.admin.partner import PartnerAdmin
from contracts.admin.partner_fault import PartnerFaultAdmin
from contracts.admin.product import ProductAdmin
from contracts.admin.reference_version import ReferenceVersionAdmin
from contracts.admin.repair_ticket import RepairTicketAdmin
from contracts.admin.request import RequestAdmin
from contracts.admin.restriction import RestrictionAdmin
from contracts.admin.retention import LegalHoldAdmin, PurgeCertificateAdmin, RetentionPeriodAdmin
from contracts.admin.return_policy import ReturnPolicyAdmin
from contracts.admin.service_area import ServiceAreaAdmin
from contracts.admin.subscriber import SubscriberAdmin
from contracts.admin.suspension import SuspensionAdmin
from contracts.admin.terms_version import TermsVersionAdmin
from contracts.admin.violation import ViolationAdmin
from contracts.admin.work import WorkAdmin
from contracts.models import (
    EndingProposal,
    LentEquipment,
    Outage,
    PartnerFault,
    RepairTicket,
    Suspension,
    Violation,
    Work,
)
from workflow.staff.subjects import load_with

load_with(
    EndingProposal.objects.select_related("contract"),
    LentEquipment.objects.select_related("product"),
    Outage.objects.select_related("line"),
    PartnerFault.objects.select_related("partner"),
    RepairTicket.objects.select_related("contract"),
    Suspension.objects.select_related("contract"),
    Violation.objects.select_related("contract"),
    Work.objects.select_related("contract"),
)

__all__ = [
    "AccelerationAdmin",
    "AntiSocialCheckAdmin",
    "ConsentAdmin",
    "ContractAdmin",
    "ContractDocumentAdmin",
    "DisclosureAdmin",
    "DiscontinuationAdmin",
    "EndingAdmin",
    "EndingProposalAdmin",
    "IndividualAgreementAdmin",
    "InterruptionAdmin",
    "KeptVersionAdmin",
    "LegalHoldAdmin",
    "LentEquipmentAdmin",
    "LineAdmin",
    "LineGroupAdmin",
    "MalwareReportAdmin",
    "OutageAdmin",
    "OwnEquipmentAdmin",
    "PartnerAdmin",
    "PartnerFaultAdmin",
    "ProductAdmin",
    "PurgeCertificateAdmin",
    "ReferenceVersionAdmin",
    "RepairTicketAdmin",
    "RequestAdmin",
    "RestrictionAdmin",
    "RetentionPeriodAdmin",
    "ReturnPolicyAdmin",
    "ServiceAreaAdmin",
    "SubscriberAdmin",
    "SuspensionAdmin",
    "TermsVersionAdmin",
    "ViolationAdmin",
    "WorkAdmin",
]
