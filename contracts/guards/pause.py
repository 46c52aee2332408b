"""When a subscriber may have the line paused (一時中断)."""

from django.utils.translation import gettext as _

from contracts.guards.silent import no_such_clause
from terms.pack import Pack
from terms.refusal import Refusal

NO_PAUSE_ON_PARTNER_COURSE = "no_pause_on_partner_course"
"""The consent in which a subscriber agrees that the course priced by another operator cannot be paused (isp-access 12-2)."""


def may_pause(pack: Pack, *, partner_course: bool) -> Refusal | None:
    """Refuses where the document knows no pause, or not for a course that a partner prices."""
    if pack.pause is None:
        return no_such_clause(pack, "no_pause", _("This document knows no pause."))
    agreed = next((consent for consent in pack.consents if consent.code == NO_PAUSE_ON_PARTNER_COURSE), None)
    if partner_course and agreed is not None:
        return Refusal(
            agreed.article, "partner_course", _("A course that another operator prices cannot be paused.")
        )
    return None
