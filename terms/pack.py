"""One version of one document, as data."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from terms.agreement import IndividualAgreement, Reference
from terms.article import ArticleRef
from terms.consent import Consent, Disclosure
from terms.document import (
    Acceleration,
    AntiSocial,
    Application,
    Article,
    Defect,
    DiscontinuationNotice,
    FreeOfCharge,
    Ground,
    Halt,
    Interruption,
    ItemChange,
    LentEquipment,
    LinkedEndings,
    MeteredCharge,
    NameChange,
    OperatorEnding,
    PartnerNotices,
    Pause,
    ProviderChange,
    RequestTerms,
    Retention,
    SubscriberEnding,
    Succession,
    Suspension,
    TermsNotice,
    Transfer,
)
from terms.errors import NoSuchRule, TermsError
from terms.explanation import ExplanationDuty
from terms.line_groups import LineGroups
from terms.measures import (
    Claims,
    ContentMeasures,
    Damages,
    Lines,
    MalwareWarning,
    PartnerCancellation,
    PartnerContracts,
    Restriction,
    UseByOthers,
)
from terms.own_equipment import OwnEquipment
from terms.partner_billing import Collection, PurchasedClaims
from terms.payment import AdvancePayment, ChargingAtOnce, LumpPayment, Underbilling
from terms.repair import Repair, RepairRank
from terms.rounding import Rounding

P = TypeVar("P")


@dataclass(frozen=True, kw_only=True)
class RoundingSetting:
    """To which side sums are rounded to whole yen where the document is silent; apart for charges and credits.

    ``article`` is absent: a document that is silent has none to cite. A rule's table may set its own ``rounding``.
    """

    charges: Rounding = "down"
    credits: Rounding = "down"
    article: ArticleRef | None = None


@dataclass(frozen=True, kw_only=True, eq=False)
class Pack:
    """A document in the version in force from ``effective``. Its tables are attributes, None where it has none; the
    parameters of a rule come from ``rule``. Loaded by terms.loader, found by terms.registry."""

    code: str
    title: str
    operator: str
    effective: date
    articles: Mapping[str, Article]
    law: bool = False
    rounding: RoundingSetting = RoundingSetting()

    application: Application | None = None
    suspension: Suspension | None = None
    interruption: Interruption | None = None
    operator_ending: OperatorEnding | None = None
    acceleration: Acceleration | None = None
    subscriber_ending: SubscriberEnding | None = None
    anti_social: AntiSocial | None = None
    item_change: ItemChange | None = None
    relocation: RequestTerms | None = None
    different_route: RequestTerms | None = None
    other_change: RequestTerms | None = None
    option: RequestTerms | None = None
    equipment: RequestTerms | None = None
    pause: Pause | None = None
    transfer: Transfer | None = None
    succession: Succession | None = None
    name_change: NameChange | None = None
    provider_change: ProviderChange | None = None
    interconnection: RequestTerms | None = None
    terms_notice: TermsNotice | None = None
    discontinuation_notice: DiscontinuationNotice | None = None
    halt: Halt | None = None
    linked_endings: LinkedEndings | None = None
    retention: Retention | None = None
    free_of_charge: FreeOfCharge | None = None
    metered_charge: MeteredCharge | None = None
    lump_payment: LumpPayment | None = None
    advance_payment: AdvancePayment | None = None
    charging_at_once: ChargingAtOnce | None = None
    underbilling: Underbilling | None = None
    partner_notices: PartnerNotices | None = None
    individual_agreement: IndividualAgreement | None = None
    explanation_duty: ExplanationDuty | None = None
    references: tuple[Reference, ...] = ()
    request_limits: tuple[Ground, ...] = ()
    consents: tuple[Consent, ...] = ()
    disclosures: tuple[Disclosure, ...] = ()
    restriction: Restriction | None = None
    content_measures: ContentMeasures | None = None
    use_by_others: UseByOthers | None = None
    damages: Damages | None = None
    claims: Claims | None = None
    lent_equipment: LentEquipment | None = None
    repair: Repair | None = None
    partner_cancellation: PartnerCancellation | None = None
    partner_contracts: PartnerContracts | None = None
    purchased_claims: PurchasedClaims | None = None
    collection_for_partner: Collection | None = None
    collection_by_partner: Collection | None = None
    lines: Lines | None = None
    line_groups: LineGroups | None = None
    malware_warning: MalwareWarning | None = None
    own_equipment: tuple[OwnEquipment, ...] = ()
    duties: tuple[Ground, ...] = ()
    repair_ranks: tuple[RepairRank, ...] = ()
    defects: tuple[Defect, ...] = ()

    rules: Mapping[type, object] = field(default_factory=dict, init=False, repr=False)
    data: Mapping[str, Any] = field(default_factory=dict, init=False, repr=False)
    """As it stands in the file: what terms.overrides changes and terms.comparison compares."""

    def __str__(self) -> str:
        return f"{self.code} {self.effective.isoformat()}"

    def article(self, number: str) -> ArticleRef:
        """A citation of this document. TermsError where it has no such article."""
        ref = ArticleRef(self.code, number)
        if ref.head not in self.articles:
            raise TermsError(
                f'{self} has no article "{ref.head}"; the articles it has stand in its table [articles]'
            )
        return ref

    def has(self, rule: type) -> bool:
        """Whether the document has this rule, named by the class of its parameters."""
        return rule in self.rules

    def rule(self, rule: type[P]) -> P:
        """The parameters of one rule: ``pack.rule(LateInterest)``. NoSuchRule where the document has none."""
        found = self.rules.get(rule)
        if not isinstance(found, rule):
            raise NoSuchRule(
                f"{self} says nothing of {rule.__name__}; ask pack.has first, or terms.registry.rule_for for the law's"
            )
        return found
