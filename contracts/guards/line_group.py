"""Of what size a group of lines must be, and who must have said yes, before a line of it is given."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from contracts.guards.silent import no_such_clause
from terms.pack import Pack
from terms.refusal import Refusal


@dataclass(frozen=True, kw_only=True)
class GroupFacts:
    """What is known of a group. ``lines``: those asked for and those given. ``set_up``: one of them was given already. ``grade``: of its
    lines, empty where nobody wrote it down.

    ``consents_missing``: members who did not consent to the representative. ``told_single``: one line was left, and its
    subscriber was told.
    """

    plan: str
    lines: int
    grade: str = ""
    set_up: bool = False
    representative: bool = False
    consents_missing: int = 0
    told_single: bool = False


def may_represent(pack: Pack, *, plan: str, represents: bool, consented: bool) -> Refusal | None:
    """Refuses what somebody asks for another member of a group, unless its plan has a representative, who it is, and the member
    consented (hikari-line 5, tariff table 1-1-1(2)(カ)A note 2; repairs are reported by each)."""
    table = pack.line_groups
    found = table.plan(plan) if table else None
    if table is None:
        return no_such_clause(pack, "not_represented", _("This document has no groups of lines."))
    if found is None or not found.representative:
        reason = _("Under this plan each member of the group asks for itself.")
        return Refusal(table.article, "not_represented", reason)
    if not (represents and consented):
        reason = _("Only the representative asks for other members, and only for those who consented.")
        return Refusal(found.article, "not_represented", reason)
    return None


def may_regrade(pack: Pack, *, now: str, new: str) -> Refusal | None:
    """Refuses another grade to which the document does not let the operator rebuild the lines of a group (hikari-line 5,
    tariff table 1-1-1(2)(カ)B note 3)."""
    table = pack.line_groups
    if table is None:
        return no_such_clause(pack, "no_regrade", _("This document has no groups of lines."))
    grade = table.grade(now)
    if grade is not None and new in grade.may_become:
        return None
    reason = _("The operator does not change lines of grade “%(now)s” to grade “%(new)s”.")
    return Refusal(table.article, "no_regrade", reason % {"now": now, "new": new})


def in_groups_only(pack: Pack, dwelling: str) -> bool:
    """Whether a product for this kind of dwelling is given in groups of lines only."""
    return pack.line_groups is not None and pack.line_groups.dwelling == dwelling


def fits_group(pack: Pack, *, dwelling: str, item: str, group: GroupFacts | None) -> Refusal | None:
    """Refuses a line of a product that is given in groups while its group is missing or not as the document wants it.

    The least size counts when the group is set up: later only the fall to one line has a consequence (hikari-line 5,
    tariff table 1-1-1(2)(オ) notes 1 and 2), which is that no new line is given in it.
    """
    table = pack.line_groups
    if table is None or table.dwelling != dwelling:
        return None
    if group is None:
        reason = _("This product is given in groups of lines only; name the group.")
        return Refusal(table.article, "no_group", reason)
    if group.told_single:
        reason = _("One line was left in the group and its subscriber was told; no new line is given in it.")
        return Refusal(table.article, "no_group", reason)
    plan = table.plan(group.plan)
    if (plan is not None) != (item in table.items):
        reason = _("The plan of the group is not for %(item)s.") % {"item": item}
        return Refusal(table.article, "no_group", reason)
    grade = table.grade(group.grade)
    if grade is not None and item not in grade.items:
        reason = _(
            "The lines of the group are %(grade)s, which carries no %(item)s; one group has lines of one grade."
        )
        return Refusal(grade.article, "no_group", reason % {"grade": grade.code, "item": item})
    if plan is None:
        return None
    if not group.set_up and group.lines < plan.lines:
        reason = _("The group has %(lines)s lines; its plan asks for %(least)s or more.")
        return Refusal(plan.article, "no_group", reason % {"lines": group.lines, "least": plan.lines})
    if plan.representative and not group.representative:
        return Refusal(plan.article, "no_group", _("The group has no representative; name one."))
    if plan.representative and group.consents_missing:
        reason = _("%(count)s members of the group did not consent to the representative.")
        return Refusal(plan.article, "no_group", reason % {"count": group.consents_missing})
    return None
