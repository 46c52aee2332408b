"""The table of a document on groups of lines (契約者グループ): which products are given in a group, and of what size it is."""

from dataclasses import dataclass
from typing import Literal

from terms.article import ArticleRef
from terms.document import Ground, find


@dataclass(frozen=True, kw_only=True)
class LineGroupPlan(Ground):
    """One size of group: at least ``lines`` lines. ``representative``: one is named by consent of all members and asks for all."""

    lines: int
    representative: bool = False


@dataclass(frozen=True, kw_only=True)
class LineGrade(Ground):
    """One way of building the lines of a group, and the ``items`` that they carry. The lines of one group are of one grade.

    ``may_become``: the grades to which the operator may rebuild them, after it told the members.
    """

    items: tuple[str, ...]
    may_become: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class LineGroups:
    """Products of this ``dwelling`` are given in groups of lines that end on the same premises or in the same building.

    ``items``: those that are given under one of the ``plans``; a group of others has no plan, and no least size.
    """

    article: ArticleRef
    dwelling: Literal["collective"]
    items: tuple[str, ...]
    plans: tuple[LineGroupPlan, ...]
    grades: tuple[LineGrade, ...] = ()

    def grade(self, code: str) -> LineGrade | None:
        """The grade of that code, or None where it is not listed."""
        return find(self.grades, code)

    def plan(self, code: str) -> LineGroupPlan | None:
        """The plan of that code, or None where it is not listed."""
        return find(self.plans, code)
