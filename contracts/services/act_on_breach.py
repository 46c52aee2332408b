"""Let a sanction rest on a breach that is on record."""

from collections.abc import Callable
from datetime import date

from contracts.guards.violation import may_act_on
from contracts.models import Breach
from terms.article import ArticleRef
from terms.document import EndingGround, SuspensionGround
from terms.pack import Pack
from workflow.errors import Refused
from workflow.models import User
from workflow.services.perform import perform


def act_on_breach(
    *,
    breach: Breach,
    pack: Pack,
    grounds: Callable[[Pack, ArticleRef], list[SuspensionGround] | list[EndingGround]],
    ground: str,
    by: User,
    on: date,
    reason: str,
) -> None:
    """``breach`` is acted on, on a ``ground`` of those that ``grounds`` finds in ``pack`` for its article; what is done, the caller does.

    Refused where the ground does not sanction this duty; WrongState for a breach that is closed.
    """
    breached = ArticleRef.parse(breach.article)
    refusal = may_act_on(pack, ground, grounds(pack, breached))
    if refusal:
        raise Refused(refusal)
    perform(breach, "act_on", by=by, on=on, reason=reason, article=breached)
