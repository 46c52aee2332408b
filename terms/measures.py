"""The tables of a document on what the operator may do to use: restrict it, take content away, answer for who used a line."""

from dataclasses import dataclass
from typing import Literal

from terms.article import ArticleRef
from terms.document import Ground, find

Fault = Literal["intent", "gross_negligence", "negligence"]
Measure = Literal["stop", "cut", "limit", "control", "block"]


@dataclass(frozen=True, kw_only=True)
class RestrictionGround(Ground):
    """A ground on which use may be restricted, and what may then be done.

    ``measure``: use is stopped, calls under way are cut, the time or area of calls is limited, traffic is controlled, or an
    address is blocked. ``spares_priority``: the lines agreed with the priority bodies stay. ``tell_callers``: those on the
    line are told first. ``one_user``: it meets single users for what they did, and is not posted. ``interruption``: the ground of
    [interruption] by which it must be told, where the document counts it as one.
    """

    measure: Measure
    spares_priority: bool = False
    tell_callers: bool = False
    one_user: bool = False
    interruption: str = ""


@dataclass(frozen=True, kw_only=True)
class PriorityBody(Ground):
    """A kind of public body whose lines stay. ``rank``: the order in which its lines are repaired, where the document has one."""

    rank: int | None = None


@dataclass(frozen=True, kw_only=True)
class Restriction:
    """利用の制限. Without ``priority_bodies`` the document leaves it to the law which bodies these are."""

    article: ArticleRef
    grounds: tuple[RestrictionGround, ...]
    priority_bodies: tuple[PriorityBody, ...] = ()

    def ground(self, code: str) -> RestrictionGround | None:
        """The ground of that code, or None where the document does not list it."""
        return find(self.grounds, code)

    def body(self, code: str) -> PriorityBody | None:
        """The priority body of that code, or None where it is not listed."""
        return find(self.priority_bodies, code)


@dataclass(frozen=True, kw_only=True)
class ContentMeasures:
    """What may be done to content that breaches a duty. ``breach_of``: the articles whose duties these are."""

    article: ArticleRef
    kinds: tuple[Literal["delete", "hide", "stop_sending"], ...]
    prior_notice: bool
    urgent_exception: bool = False
    breach_of: tuple[ArticleRef, ...]


@dataclass(frozen=True, kw_only=True)
class UseByOthers:
    """The subscriber answers for whoever uses the line or the ID. ``excused_by_care``: not for acts in spite of due care."""

    article: ArticleRef
    excused_by_care: bool = False
    charges: bool = True
    equipment: bool = False


@dataclass(frozen=True, kw_only=True)
class Damages:
    """損害賠償: for which kinds of fault the operator may claim from the other side, and for which it answers itself."""

    article: ArticleRef
    claims_article: ArticleRef
    claims_for: tuple[Fault, ...]
    liable_article: ArticleRef
    liable_for: tuple[Fault, ...]


@dataclass(frozen=True, kw_only=True)
class Claims:
    """当事者間解決: a claim about the subscriber is passed on, and settled at the subscriber's own cost."""

    article: ArticleRef


@dataclass(frozen=True, kw_only=True)
class PartnerCancellation:
    """The partner who prices a course cancels it: the course ends, and the one that the catalogue names goes on."""

    article: ArticleRef


@dataclass(frozen=True, kw_only=True)
class PartnerContracts:
    """The subscriber also contracts with the interconnected carrier. ``ends_with``: by which article that contract ends with this one;
    ``purchased``: its claims are billed here as bought."""

    article: ArticleRef
    ends_with: ArticleRef
    purchased: bool


@dataclass(frozen=True, kw_only=True)
class Lines:
    """What the document says of lines themselves: each key the article that says it, absent where none does.

    ``needs_line``: the only type of service is one with the subscriber's own line. ``number``: which number the
    operator gives, and may change after notice. ``caller_number``: the called line is shown it, unless withheld on the line
    or by dialling ``withhold_prefix``.
    """

    needs_line: ArticleRef | None = None
    terminal_point: ArticleRef | None = None
    host_exchange: ArticleRef | None = None
    area_shown: ArticleRef | None = None
    number: Literal["line", "phone"] | None = None
    number_change: ArticleRef | None = None
    caller_number: ArticleRef | None = None
    withhold_prefix: str = ""


@dataclass(frozen=True, kw_only=True)
class MalwareWarning:
    """注意喚起: a device open to malware is matched with the customer, as far as needed, and the customer warned."""

    article: ArticleRef
