"""The tables of a document that services read: who may ask for what, on which grounds the operator may do what, and how
it must be told. One dataclass a table of the pack; a table that the document does not have is None in the pack."""

from dataclasses import dataclass
from typing import Literal, TypeVar

from terms.article import ArticleRef

Form = Literal["written", "web", "phone", "any"]
Channel = Literal["any", "email", "web", "post", "phone", "recording_media", "direct_mail"]
G = TypeVar("G", bound="Ground")


@dataclass(frozen=True, kw_only=True)
class Article:
    """One article of the document in our own words. ``kind`` says whether software executes it, a person decides under it,
    both, or it is text only."""

    title: str
    kind: Literal["rule", "decision", "both", "text"]
    summary: str
    summary_ja: str


@dataclass(frozen=True, kw_only=True)
class Ground:
    """One thing listed in the document, under a code that all documents share."""

    code: str
    article: ArticleRef
    label: str
    label_en: str


@dataclass(frozen=True, kw_only=True)
class SuspensionGround(Ground):
    """``until_paid``: a suspension on this ground has no last day; it lasts until the debt is paid. ``breach_of``: the articles
    whose duties it sanctions."""

    until_paid: bool = False
    breach_of: tuple[ArticleRef, ...] = ()


@dataclass(frozen=True, kw_only=True)
class EndingGround(Ground):
    """A ground on which the operator may end a contract.

    ``after_suspension``: only one that is suspended and not cured; ``immediate``: without prior notice; ``demand_first``:
    only after a demand (催告); ``mandatory``: the document leaves no choice; ``breach_of``: the articles whose duties it
    sanctions.
    """

    after_suspension: bool = False
    immediate: bool = False
    demand_first: bool = False
    mandatory: bool = False
    breach_of: tuple[ArticleRef, ...] = ()


@dataclass(frozen=True, kw_only=True)
class EvidenceTerms(Ground):
    """A paper that goes with a request. ``instead_of``: the code of the one that it may stand for; ``on_demand``: only
    where the operator asks for it."""

    instead_of: str = ""
    on_demand: bool = False


@dataclass(frozen=True, kw_only=True)
class RequestTerms:
    """What a document says of one kind of request.

    ``like_application``: it is answered as an application is (準じて取り扱う), on the same grounds of refusal;
    ``refusal_grounds``: its own besides. ``in_service_area``: the new place must lie in the area.
    """

    article: ArticleRef
    form: Form = "any"
    like_application: bool = False
    in_service_area: bool = False
    refusal_grounds: tuple[Ground, ...] = ()
    evidence: tuple[EvidenceTerms, ...] = ()

    @property
    def answered_in_writing(self) -> bool:
        """Whether the operator says yes in writing."""
        return False


@dataclass(frozen=True, kw_only=True)
class ItemChange(RequestTerms):
    """品目等の変更. ``maintenance_changes_a_month``: how often the maintenance type alone may change in a calendar month."""

    maintenance_changes_a_month: int | None = None
    maintenance_article: ArticleRef | None = None


@dataclass(frozen=True, kw_only=True)
class Application:
    """A new contract: its form, when it is formed, who may conclude it, and on which grounds it may be refused."""

    article: ArticleRef
    form: Form
    form_article: ArticleRef
    formed_at: Literal["acceptance", "registration"]
    holders: tuple[Literal["person", "corporation"], ...]
    may_defer: bool
    refusal_grounds: tuple[Ground, ...]
    holders_article: ArticleRef | None = None
    same_holder_article: ArticleRef | None = None
    service_area_article: ArticleRef | None = None
    refusal_reason_article: ArticleRef | None = None

    def ground(self, code: str) -> Ground | None:
        """The refusal ground of that code, or None where the document does not list it."""
        return find(self.refusal_grounds, code)


@dataclass(frozen=True, kw_only=True)
class Suspension:
    """利用停止. ``max_months`` is absent where the document sets no cap; ``urgent_exception``: prior notice may be left out."""

    article: ArticleRef
    urgent_exception: bool
    notice_states: tuple[Literal["reason", "date", "period"], ...]
    grounds: tuple[SuspensionGround, ...]
    max_months: int | None = None
    urgent_article: ArticleRef | None = None

    def ground(self, code: str) -> SuspensionGround | None:
        """The suspension ground of that code, or None where the document does not list it."""
        return find(self.grounds, code)


@dataclass(frozen=True, kw_only=True)
class Interruption:
    """利用中止 (business-network: 中断).

    ``in_part``: codes of the grounds on which a part of the function can be interrupted while the rest goes on.
    """

    article: ArticleRef
    urgent_exception: bool
    channels: tuple[Channel, ...]
    grounds: tuple[Ground, ...]
    in_part: tuple[str, ...] = ()

    def ground(self, code: str) -> Ground | None:
        """The ground of that code, or None where the document does not list it."""
        return find(self.grounds, code)


@dataclass(frozen=True, kw_only=True)
class OperatorEnding:
    """当社が行う解除."""

    article: ArticleRef
    prior_notice: bool
    urgent_exception: bool
    grounds: tuple[EndingGround, ...]

    def ground(self, code: str) -> EndingGround | None:
        """The ending ground of that code, or None where the document does not list it."""
        return find(self.grounds, code)


@dataclass(frozen=True, kw_only=True)
class Acceleration:
    """期限の利益の喪失: whatever is owed under the document falls due at once when one of these grounds is met.

    ``ending_grounds`` and ``suspension_grounds`` are codes of [[operator_ending.grounds]] and [[suspension.grounds]]. Whether
    the contract is ended, or the line suspended, makes no difference to it.
    """

    article: ArticleRef
    ending_grounds: tuple[str, ...] = ()
    suspension_grounds: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class SubscriberEnding(RequestTerms):
    """契約者が行う解除. How many months before is the rule ``termination_notice_deadline``."""

    form: Form


@dataclass(frozen=True, kw_only=True)
class AntiSocial:
    """反社会的勢力の排除: ending without demand."""

    article: ArticleRef
    damages: bool
    early_fee_due: bool = False


@dataclass(frozen=True, kw_only=True)
class Pause(RequestTerms):
    """利用の一時中断."""

    charged: bool


@dataclass(frozen=True, kw_only=True)
class Transfer(RequestTerms):
    """譲渡. From which day it takes effect is the rule ``transfer_effective``, where the document has one.

    ``consent``: the operator approves it, consents in writing beforehand, or there is none. ``debts``: what the
    transferor still owes passes with it. ``fee_by``: on whom the fee falls; where nothing is said, on whoever has the
    contract when it falls due.
    """

    consent: Literal["approval", "written", "none_possible"]
    debts: bool = False
    fee_by: Literal["", "transferor"] = ""

    @property
    def answered_in_writing(self) -> bool:
        return self.consent == "written"


@dataclass(frozen=True, kw_only=True)
class Succession(RequestTerms):
    """地位の承継. ``representative``: several successors name one. ``causes``: by what the contract passes."""

    representative: bool = False
    causes: tuple[Literal["inheritance", "merger", "split"], ...] = ("inheritance", "merger", "split")


@dataclass(frozen=True, kw_only=True)
class NameChange(RequestTerms):
    """氏名等の変更. ``deemed_notice``: where it was not reported, a notice counts as given when sent to the old address."""

    deemed_notice: bool = False


@dataclass(frozen=True, kw_only=True)
class ProviderChange(RequestTerms):
    """事業者変更. ``not_beside``: the kinds of request beside which it is refused."""

    not_beside: tuple[Literal["item_change", "relocation"], ...] = ()


@dataclass(frozen=True, kw_only=True)
class TermsNotice:
    """How a change of the terms is told. ``reasonable_period``: to each subscriber, a reasonable time before, of the operator's
    choosing; elsewhere a posting is enough.

    ``beneficial_after``: one to the subscribers' benefit is told promptly after it took effect. ``on_posting``: it may take
    effect on the day of its posting; elsewhere it is announced before its day (民法548の4-3). ``harmless_at_once``: so it may
    where the law requires it or nobody is harmed. ``fees_apart``: the fees stand in tables that change on the day posted
    beforehand, without the time that a change of the terms takes. ``agreement_form``: in which form a subscriber agrees to a change
    that was not announced so, and then is bound by it.
    """

    article: ArticleRef
    channels: tuple[Channel, ...]
    reasonable_period: bool = False
    objection: bool = False
    beneficial_after: bool = False
    on_posting: bool = False
    harmless_at_once: bool = False
    fees_apart: bool = False
    agreement_form: Form = "any"


@dataclass(frozen=True, kw_only=True)
class MinisterNotice:
    """The end of a service of great effect is notified to the minister: ``days`` before it is announced, from so many
    ``contracts`` on, or for a service that the minister has named."""

    article: ArticleRef
    contracts: int
    days: int


@dataclass(frozen=True, kw_only=True)
class DiscontinuationNotice:
    """How the end of a service is told. How many months before is the rule ``discontinuation_earliest``.

    ``contracts_end``: the article by which the contracts end with it, where it is another one; ``grounds``: on which alone
    it may be ended, where the document lists any; ``in_part``: a part of the service can be ended while the rest goes on.
    """

    article: ArticleRef
    states: tuple[Literal["reason", "date"], ...]
    reasonable_period: bool = False
    written: bool = False
    in_part: bool = False
    contracts_end: ArticleRef | None = None
    grounds: tuple[Ground, ...] = ()
    minister: MinisterNotice | None = None

    def ground(self, code: str) -> Ground | None:
        """The ground of that code, or None where it is not listed."""
        return find(self.grounds, code)


@dataclass(frozen=True, kw_only=True)
class Halt:
    """接続休止: what is halted, a whole contract or an option, ends by itself after a period that the operator sets."""

    article: ArticleRef
    halts: tuple[Literal["contract", "option"], ...]


@dataclass(frozen=True, kw_only=True)
class LinkedEndings:
    """The contract ends when the target contracts, or the line beside it, end."""

    article: ArticleRef
    with_: Literal["target", "parent_line"]


@dataclass(frozen=True, kw_only=True)
class Retention:
    """How long line records are kept. ``notified``: a period that the operator notifies separately."""

    article: ArticleRef
    notified: bool


@dataclass(frozen=True, kw_only=True)
class FreeOfCharge:
    """The service costs nothing, so nothing is ever invoiced."""

    article: ArticleRef


@dataclass(frozen=True, kw_only=True)
class MeteredCharge:
    """What is charged by measured use besides the fee of the month: under which name, and who measures it.

    ``others_too``: use of the line by others than the subscriber is charged as well.
    """

    article: ArticleRef
    name: str
    measured_by: Literal["operator", "wholesaler"]
    others_too: bool = False


@dataclass(frozen=True, kw_only=True)
class PartnerNotices:
    """What a partner who sets the price of a course is told."""

    article: ArticleRef
    occasions: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class LentEquipment:
    """機器の貸与. ``return_on`` names what makes equipment due back; empty where the document names nothing.

    ``damages_for``: what makes the 機器損害金 of the tariff due. ``reparation_article``: loss or damage in breach of one of
    ``reparation_duties`` (codes of [[duties]]) is paid for at its cost, by the day that the operator names.
    ``move_article``: it is moved on request.
    """

    article: ArticleRef
    return_on: tuple[Literal["ending", "abolished", "disuse"], ...] = ()
    return_article: ArticleRef | None = None
    damages_for: tuple[Literal["lost", "damaged", "not_returned"], ...] = ()
    damages_article: ArticleRef | None = None
    reparation_article: ArticleRef | None = None
    reparation_duties: tuple[str, ...] = ()
    move_article: ArticleRef | None = None

    def __post_init__(self) -> None:
        pairs = {
            "return_article": (self.return_on, self.return_article),
            "damages_article": (self.damages_for, self.damages_article),
            "reparation_article": (self.reparation_duties, self.reparation_article),
        }
        for name, (listed, article) in pairs.items():
            if bool(listed) != (article is not None):
                raise ValueError(f"{name} stands with what it is for, or neither stands")


@dataclass(frozen=True, kw_only=True)
class Defect:
    """A mistake in the printed text, and how the software reads it. Shown, never silently mended."""

    article: ArticleRef
    text: str
    text_ja: str
    reading: str
    reading_ja: str


def find(grounds: tuple[G, ...], code: str) -> G | None:
    """The ground of that code."""
    return next((ground for ground in grounds if ground.code == code), None)
