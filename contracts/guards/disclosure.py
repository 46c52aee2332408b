"""When data about a subscriber may be passed on, must be, or may be received."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from contracts.guards.silent import no_such_clause
from terms.consent import Disclosure, Event
from terms.document import find
from terms.pack import Pack
from terms.refusal import Refusal


@dataclass(frozen=True, kw_only=True)
class DisclosureFacts:
    """Who asks for what. ``recipient`` and ``items`` in the words of terms.consent.

    ``answer``: given, refused or received. ``consented``: the consent that the ground rests on stands.
    ``reference``: number of the warrant or inquiry.
    ``known``: the other side is recorded as a partner. ``overdue``: a debt in question is overdue. ``labels``: the items in the
    words of the reader.
    """

    ground: str
    recipient: str
    items: tuple[str, ...]
    answer: str = "given"
    consented: bool = False
    reference: str = ""
    reason: str = ""
    known: bool = False
    overdue: bool = False
    labels: Mapping[str, str] = field(default_factory=dict)


def disclosure_grounds(pack: Pack, law: Pack) -> list[Disclosure]:
    """Every ground on which data may be passed: the document's, and the law's where the document has none of that code."""
    known = {ground.code for ground in pack.disclosures}
    return [*pack.disclosures, *(ground for ground in law.disclosures if ground.code not in known)]


def disclosure_ground(pack: Pack, law: Pack, code: str) -> Disclosure | None:
    """The ground of that code, or None."""
    return find(tuple(disclosure_grounds(pack, law)), code)


def ground_when(pack: Pack, event: Event) -> Disclosure | None:
    """The document's ground on which data pass by themselves when that happens, or None where it has none."""
    return next((ground for ground in pack.disclosures if ground.when == event), None)


PARTNERS = frozenset({"interconnected_carrier", "wholesaler", "billing_operator", "contractor"})
"""Recipients that are companies behind the service: only those recorded as partners are given anything."""


def may_disclose(pack: Pack, law: Pack, facts: DisclosureFacts) -> Refusal | None:
    """Refuses where there is no ground, the consent is missing, or more is asked for than the ground covers.

    What a warrant demands is not refused; an inquiry is decided case by case, with its number and the reason (isp-access 46).
    """
    ground = disclosure_ground(pack, law, facts.ground)
    if ground is None:
        return no_such_clause(pack, "no_ground", _("Neither the document nor the law gives this ground."))

    def no(code: str, reason: str) -> Refusal:
        return Refusal(ground.article, code, reason)

    received = facts.answer == "received"
    if ground.direction not in ("both", "received" if received else "given"):
        return no("wrong_direction", _("On this ground data are only given, or only received."))
    if facts.recipient not in ground.to:
        return no("wrong_recipient", _("On this ground nothing passes to or from such a recipient."))
    if facts.recipient in PARTNERS and not facts.known:
        return no(
            "not_a_partner", _("Name the partner: only a company we have a contract with is given data.")
        )
    beyond = [facts.labels.get(item, item) for item in facts.items if item not in ground.items]
    if beyond or not facts.items:
        return no(
            "beyond_ground", _("This ground does not cover: %(items)s.") % {"items": ", ".join(beyond) or "–"}
        )
    if ground.answer != "may" and not facts.reference.strip():
        return no("no_reference", _("Enter the number of the warrant or of the letter of inquiry."))
    if facts.answer == "refused" and ground.answer == "must":
        return no("must_be_answered", _("A warrant is complied with; it cannot be refused."))
    if (facts.answer == "refused" or ground.answer == "case_by_case") and not facts.reason.strip():
        return no("no_reason", _("Write down why it is answered or not: each case is decided on its own."))
    if facts.answer == "refused":
        return None
    if ground.if_overdue and not facts.overdue:
        return no("nothing_overdue", _("Only a debt that is overdue is told."))
    if ground.consent and ground.answer != "must" and not facts.consented:
        return no("no_consent", _("The consent that this rests on is not on record."))
    return None
