"""Who may conclude a contract, where, beside what, in which form; and on which grounds an application may be refused."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from contracts.guards.line_group import GroupFacts, fits_group
from terms.document import Application, Ground
from terms.pack import Pack
from terms.refusal import Refusal
from terms.registry import registry


@dataclass(frozen=True, kw_only=True)
class ApplicationFacts:
    """What is known of an application.

    ``in_area``: the terminal point lies in the service area. ``beside``: the terms code of the contract that must stand
    beside the new one, or "". ``has_beside``: the subscriber has such a live contract. ``has_target``: a live contract
    that the service is about, in the same name, exists. ``arrears``: yen overdue under any contract. ``anti_social``: the
    last check found that the applicant is an anti-social force. ``dwelling``, ``item``: of the product; ``group``: the group of
    lines that it names.
    """

    holder: str
    in_area: bool
    beside: str = ""
    has_beside: bool = False
    has_target: bool = False
    arrears: int = 0
    anti_social: bool = False
    dwelling: str = ""
    item: str = ""
    group: GroupFacts | None = None


def application_of(pack: Pack) -> Application:
    """The table [application]. ValueError for a pack under which nobody applies, such as the law."""
    if pack.application is None:
        raise ValueError(f"{pack} has no table [application]; nobody can apply under it")
    return pack.application


def refusal_grounds(pack: Pack) -> list[Ground]:
    """Every ground on which an application may be refused: those the document lists, and the conditions that it sets elsewhere.

    The service area, the holders and the contract beside are conditions of the contract even where the list of grounds
    leaves them out.
    """
    table = application_of(pack)
    grounds = list(table.refusal_grounds)
    known = {ground.code for ground in grounds}
    holders = None if "not_corporation" in known else table.holders_article or table.article
    conditions = (
        ("out_of_area", table.service_area_article, "提供区域外", "outside the service area"),
        ("not_a_holder", holders, "契約できる者でない", "not one who may hold this contract"),
        (
            "no_target",
            table.same_holder_article,
            "同じ名義の対象契約がない",
            "no target contract in the same name",
        ),
        (
            "no_parent_contract",
            table.article,
            "土台となる契約がない",
            "the contract beside which it stands is missing",
        ),
        (
            "no_group",
            pack.line_groups.article if pack.line_groups else None,
            "契約者グループの条件を満たさない",
            "the group of lines is missing or not as the document wants it",
        ),
        (
            "anti_social",
            pack.anti_social.article if pack.anti_social else None,
            "反社会的勢力",
            "anti-social forces",
        ),
    )
    for code, article, label, label_en in conditions:
        if article is not None and code not in known:
            grounds.append(Ground(code=code, article=article, label=label, label_en=label_en))
    return grounds


def refusal_ground(pack: Pack, code: str) -> Ground | None:
    """The ground of that code, or None where the document gives none."""
    return next((ground for ground in refusal_grounds(pack) if ground.code == code), None)


def may_hold(pack: Pack, facts: ApplicationFacts) -> Refusal | None:
    """Refuses one who may not be a subscriber under the document, such as a person where only corporations are."""
    table = application_of(pack)
    if facts.holder in table.holders:
        return None
    ground = next(each for each in refusal_grounds(pack) if each.code in ("not_corporation", "not_a_holder"))
    return Refusal(ground.article, ground.code, _("Only a corporation may conclude this contract."))


def in_service_area(pack: Pack, facts: ApplicationFacts) -> Refusal | None:
    """Refuses a place outside the service area."""
    table = application_of(pack)
    if facts.in_area or table.service_area_article is None:
        return None
    return Refusal(table.service_area_article, "out_of_area", _("The place lies outside the service area."))


def stands_beside(pack: Pack, facts: ApplicationFacts) -> Refusal | None:
    """Refuses where the contract that must stand beside it, or the target contract in the same name, is missing."""
    table = application_of(pack)
    if facts.beside and not facts.has_beside:
        return Refusal(
            table.article,
            "no_parent_contract",
            _(
                "This service stands beside a live contract under “%(terms)s” of the same subscriber, and there is none."
            )
            % {"terms": registry().latest(facts.beside).title},
        )
    if table.same_holder_article is not None and not facts.has_target:
        return Refusal(
            table.same_holder_article,
            "no_target",
            _("The subscriber has no target contract in the same name."),
        )
    return None


def in_group(pack: Pack, facts: ApplicationFacts) -> Refusal | None:
    """Refuses a product that is given in groups of lines while its group is not as the document wants it."""
    return fits_group(pack, dwelling=facts.dwelling, item=facts.item, group=facts.group)


def no_arrears(pack: Pack, facts: ApplicationFacts) -> Refusal | None:
    """What the document lets the operator do with an applicant in arrears."""
    ground = refusal_ground(pack, "unpaid_or_likely")
    if ground is None or facts.arrears <= 0:
        return None
    return Refusal(
        ground.article,
        ground.code,
        _("%(yen)s yen are overdue under other contracts.") % {"yen": f"{facts.arrears:,}"},
    )


def no_anti_social(pack: Pack, facts: ApplicationFacts) -> Refusal | None:
    """What the document lets the operator do with an applicant whom a check found to be an anti-social force.

    A document without an article on them leaves the operator's own judgement, where it lists that as a ground.
    """
    ground = refusal_ground(pack, "anti_social") or refusal_ground(pack, "unsuitable")
    if ground is None or not facts.anti_social:
        return None
    return Refusal(
        ground.article, ground.code, _("The last check found that the applicant is an anti-social force.")
    )


def what_forbids(pack: Pack, facts: ApplicationFacts) -> Iterable[Refusal]:
    """Every condition of the document that the application does not meet; accepting it would go against the document."""
    for guard in (may_hold, in_service_area, stands_beside, in_group):
        refusal = guard(pack, facts)
        if refusal:
            yield refusal


def what_speaks_against(pack: Pack, facts: ApplicationFacts) -> Iterable[Refusal]:
    """What forbids it, and further grounds on which the operator may refuse but need not."""
    yield from what_forbids(pack, facts)
    for guard in (no_arrears, no_anti_social):
        refusal = guard(pack, facts)
        if refusal:
            yield refusal
