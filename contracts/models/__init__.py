"""Parties, lines, contracts and everything that happens to them, except money."""

from contracts.models.acceleration import Acceleration
from contracts.models.address_assignment import AddressAssignment
from contracts.models.agreement import Agreement
from contracts.models.anti_social_check import AntiSocialCheck
from contracts.models.approval_number import ApprovalNumber
from contracts.models.breach import Breach
from contracts.models.consent import Consent
from contracts.models.content_measure import ContentMeasure
from contracts.models.contract import Contract
from contracts.models.contract_document import ContractDocument
from contracts.models.contract_option import ContractOption
from contracts.models.disclosure import Disclosure
from contracts.models.discontinuation import Discontinuation
from contracts.models.ending import Ending
from contracts.models.ending_proposal import EndingProposal
from contracts.models.evidence import Evidence
from contracts.models.explanation import Explanation
from contracts.models.file_correction import FileCorrection
from contracts.models.individual_agreement import IndividualAgreement
from contracts.models.interconnected_line import InterconnectedLine
from contracts.models.interruption import Interruption
from contracts.models.kept_version import EarlierTerms, KeptVersion
from contracts.models.legal_hold import LegalHold
from contracts.models.lent_equipment import LentEquipment
from contracts.models.line import Line
from contracts.models.line_group import LineGroup, LineGroupMember
from contracts.models.line_origin import LineOrigin
from contracts.models.malware_report import MalwareReport
from contracts.models.number_change import NumberChange
from contracts.models.option_halt import OptionHalt
from contracts.models.outage import Outage
from contracts.models.own_equipment import Inspection, OwnEquipment
from contracts.models.partner import Partner
from contracts.models.partner_cancellation import PartnerCancellation
from contracts.models.partner_contract import PartnerContract
from contracts.models.partner_fault import PartnerFault
from contracts.models.pause import Pause
from contracts.models.product import Product
from contracts.models.product_change import ProductChange
from contracts.models.purge_certificate import PurgeCertificate
from contracts.models.reference_version import ReferenceVersion
from contracts.models.relocation import Relocation
from contracts.models.repair_ticket import RepairTicket
from contracts.models.request import Request
from contracts.models.restriction import Restriction
from contracts.models.retention_period import RetentionPeriod
from contracts.models.return_policy import ReturnPolicy
from contracts.models.service_area import ServiceArea
from contracts.models.subscriber import Subscriber
from contracts.models.subscriber_change import SubscriberChange
from contracts.models.suspension import Suspension
from contracts.models.terms_version import TermsVersion
from contracts.models.violation import Violation
from contracts.models.work import Work

__all__ = [
    "Acceleration",
    "AddressAssignment",
    "Agreement",
    "AntiSocialCheck",
    "ApprovalNumber",
    "Breach",
    "Consent",
    "ContentMeasure",
    "Contract",
    "ContractDocument",
    "ContractOption",
    "Disclosure",
    "Discontinuation",
    "EarlierTerms",
    "Ending",
    "EndingProposal",
    "Evidence",
    "Explanation",
    "FileCorrection",
    "IndividualAgreement",
    "Inspection",
    "InterconnectedLine",
    "Interruption",
    "KeptVersion",
    "LegalHold",
    "LentEquipment",
    "Line",
    "LineGroup",
    "LineGroupMember",
    "LineOrigin",
    "MalwareReport",
    "NumberChange",
    "OptionHalt",
    "Outage",
    "OwnEquipment",
    "Partner",
    "PartnerCancellation",
    "PartnerContract",
    "PartnerFault",
    "Pause",
    "Product",
    "ProductChange",
    "PurgeCertificate",
    "ReferenceVersion",
    "Relocation",
    "RepairTicket",
    "Request",
    "Restriction",
    "RetentionPeriod",
    "ReturnPolicy",
    "ServiceArea",
    "Subscriber",
    "SubscriberChange",
    "Suspension",
    "TermsVersion",
    "Violation",
    "Work",
]
