"""Agree with a public body that its line stays in use in an emergency and is repaired first."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from contracts.guards.restriction import priority_bodies
from contracts.models import Line
from contracts.services.note_change import note_change
from terms.registry import pack_for, statute
from workflow.models import User

LAST_RANK = 3
"""The repair rank of a line about which nothing was agreed."""


def agree_priority(*, line: Line, by: User, on: date, body: str, reason: str) -> Line:
    """From ``on`` the line counts as one of the priority ``body``, or as none where ``body`` is empty.

    Its repair rank is that of the body, where the document has one (hikari-line 50). ValidationError for a body that
    neither the document nor the law lists.
    """
    pack = pack_for(line.terms_code, on)
    found = next((each for each in priority_bodies(pack, statute(on)) if each.code == body), None)
    if body and found is None:
        raise ValidationError(
            {"body": _("“%(body)s” is no body whose communications go first.") % {"body": body}}
        )
    with transaction.atomic():
        line.refresh_from_db(from_queryset=Line.objects.select_for_update())
        line.priority_body = body
        line.priority_agreed_on = on if body else None
        line.repair_rank = (found.rank or LAST_RANK) if found else LAST_RANK
        line.save(update_fields=["priority_body", "priority_agreed_on", "repair_rank"])
        note_change(
            line, "agree_priority", by=by, on=on, reason=reason, article=found.article if found else None
        )
    return line
