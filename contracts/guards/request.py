"""What a document says against a request: its form, the papers that must be there, the place, the grounds of refusal."""

from collections.abc import Collection, Iterable
from datetime import date

from django.utils.translation import gettext as _

from contracts.guards.application import refusal_grounds
from contracts.guards.silent import no_such_clause
from terms.article import ArticleRef
from terms.document import EvidenceTerms, Ground, ItemChange, ProviderChange, RequestTerms
from terms.pack import Pack
from terms.refusal import Refusal


def is_known(pack: Pack, terms: RequestTerms | None, kind: object) -> Refusal | None:
    """Refuses a kind of request of which the document says nothing."""
    if terms is not None:
        return None
    return no_such_clause(
        pack, "no_such_request", _("This document knows no request of this kind (%(kind)s).") % {"kind": kind}
    )


def missing_evidence(terms: RequestTerms | None, on_file: Collection[str]) -> list[EvidenceTerms]:
    """The papers that the document asks for and that neither are on file nor have another in their stead."""
    wanted = terms.evidence if terms else ()
    stand_ins = {paper.instead_of for paper in wanted if paper.instead_of and paper.code in on_file}
    return [
        paper
        for paper in wanted
        if not paper.on_demand
        and not paper.instead_of
        and paper.code not in on_file
        and paper.code not in stand_ins
    ]


def evidence_is_there(terms: RequestTerms | None, on_file: Collection[str]) -> Refusal | None:
    """Refuses to say yes while a paper is missing."""
    missing = missing_evidence(terms, on_file)
    if not missing:
        return None
    return Refusal(
        missing[0].article,
        "no_evidence",
        _("These papers are missing: %(papers)s.") % {"papers": "、".join(paper.label for paper in missing)},
    )


def new_place_in_area(pack: Pack, terms: RequestTerms | None, *, in_area: bool) -> Refusal | None:
    """Refuses a new place outside the service area, where the document offers the move only inside."""
    if terms is None or not terms.in_service_area or in_area:
        return None
    ground = next((each for each in grounds_of(pack, terms) if each.code == "out_of_area"), None)
    return Refusal(
        ground.article if ground else terms.article,
        "out_of_area",
        _("The new place lies outside the service area."),
    )


def may_change_maintenance(terms: ItemChange, *, earlier_this_month: int) -> Refusal | None:
    """Refuses a further change of the maintenance type alone in one calendar month."""
    limit = terms.maintenance_changes_a_month
    if limit is None or earlier_this_month < limit:
        return None
    return Refusal(
        terms.maintenance_article or terms.article,
        "maintenance_changed_already",
        _("The maintenance type alone can change %(limit)s time(s) a month; wait for the next month.")
        % {"limit": limit},
    )


def one_change_a_day(article: ArticleRef, *, changes_that_day: bool, day: date) -> Refusal | None:
    """Refuses a second change of the item with effect from the same day, whose price nobody could tell."""
    if not changes_that_day:
        return None
    return Refusal(
        article,
        "changes_that_day",
        _("Another change of the item takes effect on %(day)s; wish for another day.") % {"day": day},
    )


def no_other_change_asked(terms: ProviderChange, other: str) -> Refusal | None:
    """Refuses a provider change beside ``other``, a request that changes the line, where the document says so."""
    if not other:
        return None
    ground = next((each for each in terms.refusal_grounds if each.code == "other_change_asked"), None)
    return Refusal(
        ground.article if ground else terms.article,
        "other_change_asked",
        _("%(other)s is asked for, too; let it be done or withdrawn first.") % {"other": other},
    )


def grounds_of(pack: Pack, terms: RequestTerms | None) -> list[Ground]:
    """Every ground on which a request may be refused: its own, an application's where it is answered as one, and the
    limits that the document sets to every request (such as hikari-line 53)."""
    grounds = list(terms.refusal_grounds) if terms else []
    if terms is not None and terms.like_application:
        grounds += refusal_grounds(pack)
    return _each_once([*grounds, *pack.request_limits])


def _each_once(grounds: Iterable[Ground]) -> list[Ground]:
    return list({ground.code: ground for ground in reversed(list(grounds))}.values())[::-1]
