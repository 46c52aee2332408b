"""Form a group of lines on premises or in a building."""

from collections.abc import Mapping
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from contracts.models import LineGroup
from contracts.services.note_change import note_change
from terms.registry import pack_for
from workflow.models import User


def form_group(
    *, by: User, on: date, terms_code: str, plan: str, grade: str = "", address: Mapping[str, str]
) -> LineGroup:
    """A group without members yet, under one of the document's plans or, with "", under none; applicants name its number.

    ``grade``: of all its lines, where the document tells grades apart. ValidationError for a document without groups, a plan
    or grade that it does not have, or an address that is none.
    """
    table = pack_for(terms_code, on).line_groups
    if table is None:
        raise ValidationError({"terms_code": _("This document has no groups of lines.")})
    if plan and table.plan(plan) is None:
        known = ", ".join(each.code for each in table.plans)
        raise ValidationError(
            {"plan": _("“%(plan)s” is no plan; there are: %(known)s.") % {"plan": plan, "known": known}}
        )
    if table.grades and table.grade(grade) is None:
        known = ", ".join(each.code for each in table.grades)
        raise ValidationError(
            {"grade": _("“%(grade)s” is no grade; there are: %(known)s.") % {"grade": grade, "known": known}}
        )
    group = LineGroup(terms_code=terms_code, plan=plan, grade=grade, formed_on=on, **address)
    with transaction.atomic():
        group.full_clean()
        group.save()
        note_change(group, "form_group", by=by, on=on, article=table.article)
    return group
