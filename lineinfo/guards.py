"""What an API document forbids beyond what all contracts share: pure functions, a Refusal or None out."""

from datetime import date

from django.utils.translation import gettext as _

from contracts.guards.silent import no_such_clause
from terms.article import ArticleRef
from terms.document import Ground, find
from terms.pack import Pack
from terms.refusal import Refusal

VIEWING_CONSENT = "viewing_by_api_users"
SUPPLY_CONSENT = "api_user_personal_data"
REPORT_DUTY = "credential_report"
SUBCONTRACTOR_DUTY = "subcontractor_duties"
SUPERVISION_DUTY = "api_user_supervision"
CARE_DUTY = "credential_care"


def consent_missing(pack: Pack, *, viewing: date | None, supply: date | None, on: date) -> Refusal | None:
    """Refuses to register an API user on ``on`` without a consent that the document asks for, given by then."""
    wanted = (
        (
            VIEWING_CONSENT,
            viewing,
            _("The contractor must agree beforehand that API users see the target services."),
        ),
        (
            SUPPLY_CONSENT,
            supply,
            _("The API user must agree beforehand that their data is given to the operator."),
        ),
    )
    for code, given_on, reason in wanted:
        consent = find(pack.consents, code)
        if consent is not None and (given_on is None or given_on > on):
            return Refusal(consent.article, code, reason)
    return None


def subcontractor_unbound(
    pack: Pack, *, duties_on: date | None, supervision: str, on: date
) -> Refusal | None:
    """Refuses a subcontractor that is not bound by equal duties and supervised by ``on``, where the document asks for both."""
    duty = find(pack.duties, SUBCONTRACTOR_DUTY)
    if duty is None:
        return None
    if duties_on is None or duties_on > on:
        return Refusal(
            duty.article,
            "not_bound",
            _("The subcontractor must first be bound by duties equal to the contractor’s own."),
        )
    if not supervision.strip():
        return Refusal(duty.article, "not_supervised", _("Say how the subcontractor is supervised."))
    return None


def may_claim(pack: Pack, fault: str) -> ArticleRef | Refusal:
    """The article on which the operator claims damages for this fault of the other side, or the refusal."""
    table = pack.damages
    if table is None:
        return no_such_clause(pack, "no_damages", _("This document does not speak of damages."))
    if fault not in table.claims_for:
        return Refusal(
            table.claims_article, "no_fault", _("Damages are claimed for intent or negligence only.")
        )
    return table.claims_article


def answers_for_damage(pack: Pack, fault: str) -> Refusal | None:
    """Refuses a claim against the operator for a fault that it does not answer for."""
    table = pack.damages
    if table is None or fault in table.liable_for:
        return None
    return Refusal(
        table.liable_article,
        "not_liable",
        _("The operator answers for intent and gross negligence only."),
    )


def duty_article(pack: Pack, code: str) -> ArticleRef:
    """The article of a duty, or the one that opens the document where it does not lay that duty down."""
    duty: Ground | None = find(pack.duties, code)
    return duty.article if duty else pack.article(next(iter(pack.articles)))


def targets_speak_against(pack: Pack, ground: str, *, live: int, suspended: int) -> Refusal | None:
    """Refuses to end an API contract for the sake of its target contracts while one of them is in use.

    ``live`` counts the target contracts that are not over, ``suspended`` those of them that are suspended.
    """
    table = pack.operator_ending
    listed = table.ground(ground) if table else None
    if listed is None:
        return None
    if ground == TARGETS_ENDED and live:
        return Refusal(
            listed.article, "targets_live", _("%(count)s target contracts are not over.") % {"count": live}
        )
    if ground == TARGETS_SUSPENDED and (not live or suspended < live):
        return Refusal(
            listed.article,
            "targets_in_use",
            _("%(suspended)s of %(live)s target contracts are suspended; all would have to be.")
            % {"suspended": suspended, "live": live},
        )
    return None


TARGETS_ENDED = "targets_ended"
TARGETS_SUSPENDED = "targets_suspended"
