"""What there is to exercise, as the documents list it: under each heading its names, and how often each stands in the books."""

from collections import Counter
from collections.abc import Iterable, Mapping

from billing.models import (
    BankFile,
    Charge,
    PartnerClaim,
    PaymentReturn,
    ReceivableEnd,
    TariffPrice,
)
from config.demonstration.heading import Heading, always, count_of, moved, there
from contracts.guards.disclosure import disclosure_grounds
from contracts.guards.ending import operator_grounds
from contracts.guards.request import grounds_of
from contracts.guards.restriction import priority_bodies
from contracts.kinds import KINDS
from contracts.models import (
    AntiSocialCheck,
    Consent,
    ContentMeasure,
    Contract,
    Disclosure,
    Discontinuation,
    Ending,
    IndividualAgreement,
    Inspection,
    Interruption,
    LineOrigin,
    RepairTicket,
    Request,
    Restriction,
    Suspension,
    TermsVersion,
    Violation,
)
from contracts.services.record_objection import OBJECTION
from lineinfo.models import (
    ApiBreach,
    ApiContract,
    ApiDamageClaim,
    ApiSuspension,
)
from notices.models import Notice
from terms.document import Ground
from terms.pack import Pack
from terms.registry import statute
from terms.rules.instalment_intake import InstalmentIntake
from terms.rules.terms_objection import TermsObjection


def _name(ground: Ground) -> str:
    return f"{ground.article} {ground.code}"


def _names(grounds: Iterable[Ground]) -> list[str]:
    return [_name(ground) for ground in grounds]


def _holders(pack: Pack) -> bool:
    """Whether contracts are concluded under the document by requests: an API's have an application of their own."""
    return pack.application is not None and pack.free_of_charge is None


def _api(pack: Pack) -> bool:
    return not _holders(pack)


def _kinds(pack: Pack) -> list[str]:
    """The law gives the initial cancellation to consumers alone."""
    persons = pack.application is not None and "person" in pack.application.holders
    return [
        f"{pack.code} {kind}"
        for kind, what in KINDS.items()
        if _holders(pack)
        and (what.terms(pack) or not what.must_be_known)
        and (persons or kind != Request.Kind.INITIAL_CANCELLATION)
    ]


def _refusals(pack: Pack) -> list[str]:
    if not _holders(pack):
        return []
    grounds = [*(pack.application.refusal_grounds if pack.application else ()), *pack.request_limits]
    for what in KINDS.values():
        if terms := what.terms(pack):
            grounds += grounds_of(pack, terms)
    return _names(grounds)


def _suspensions(pack: Pack) -> list[str]:
    return _names(pack.suspension.grounds) if pack.suspension else []


def _charges(pack: Pack) -> list[str]:
    kinds = [
        kind for kind in Charge.Kind.values if kind != Charge.Kind.INSTALMENT or pack.has(InstalmentIntake)
    ]
    return kinds if _holders(pack) else []


def _objection_ends(pack: Pack) -> bool:
    return pack.has(TermsObjection) and pack.rule(TermsObjection).ends_contract and _holders(pack)


_LATE: Mapping[str, Mapping[str, object]] = {
    "sent at a later attempt": {"dispatched_at__isnull": False, "channel": "email", "attempts__gt": 1},
    "failed": {"state": Notice.State.FAILED},
    "repeated as a letter": {"follows__isnull": False, "dispatched_at__isnull": False},
}


def _late_notices() -> Counter[str]:
    return Counter({name: Notice.objects.filter(**fits).count() for name, fits in _LATE.items()})


_ENFORCED = (
    Suspension.State.IN_FORCE,
    Suspension.State.LIFTED,
    Suspension.State.EXPIRED,
    Suspension.State.ENDED_CONTRACT,
)

_NO_ROWS = {
    # Kept for a day, and only by calls over HTTP.
    "keptanswer",
}

HEADINGS: tuple[Heading, ...] = (
    Heading(
        "request carried out",
        _kinds,
        lambda: count_of(Request, "terms_code", "kind", state=Request.State.CARRIED_OUT),
    ),
    Heading(
        "request refused",
        _refusals,
        lambda: count_of(Request, "article", "ground", state=Request.State.REFUSED),
    ),
    Heading(
        "suspension enforced",
        lambda pack: _suspensions(pack) if _holders(pack) else [],
        lambda: count_of(Suspension, "article", "ground", state__in=_ENFORCED),
    ),
    Heading(
        "ended by the operator",
        lambda pack: _names(operator_grounds(pack)) if _holders(pack) else [],
        lambda: count_of(Ending, "article", "ground", by=Ending.By.OPERATOR),
    ),
    Heading(
        "interruption announced",
        lambda pack: _names(pack.interruption.grounds) if pack.interruption else [],
        lambda: count_of(Interruption, "article", "ground"),
    ),
    Heading(
        "restriction declared",
        lambda pack: _names(pack.restriction.grounds) if pack.restriction else [],
        lambda: count_of(Restriction, "article", "ground"),
    ),
    Heading(
        "priority agreed",
        lambda pack: [
            body.code
            for body in priority_bodies(pack, statute(pack.effective, earliest=True))
            if pack.restriction and any(ground.spares_priority for ground in pack.restriction.grounds)
        ],
        lambda: count_of(Contract, "line__priority_body"),
    ),
    Heading(
        "service to be discontinued",
        lambda pack: _names(pack.discontinuation_notice.grounds) if pack.discontinuation_notice else [],
        lambda: count_of(Discontinuation, "article", "ground"),
    ),
    Heading(
        "duty breached",
        lambda pack: _names(pack.duties) if _holders(pack) else [],
        lambda: count_of(Violation, "article", "duty"),
    ),
    Heading(
        "content measure",
        lambda pack: (
            [f"{pack.code} {kind}" for kind in pack.content_measures.kinds] if pack.content_measures else []
        ),
        lambda: count_of(ContentMeasure, "violation__contract__terms_code", "kind"),
    ),
    Heading(
        "consent",
        lambda pack: _names(pack.consents) if _holders(pack) else [],
        lambda: count_of(Consent, "article", "code"),
    ),
    Heading(
        "disclosure",
        lambda pack: [
            f"{pack.code} {ground.code}"
            for ground in disclosure_grounds(pack, statute(pack.effective, earliest=True))
            if _holders(pack)
        ],
        lambda: count_of(Disclosure, "contract__terms_code", "ground"),
    ),
    Heading(
        "individual agreement",
        lambda pack: [pack.code] if _holders(pack) else [],
        lambda: count_of(IndividualAgreement, "contract__terms_code"),
    ),
    Heading(
        "own equipment inspected",
        lambda pack: [
            f"{pack.code} {clause.kind} {occasion}"
            for clause in pack.own_equipment
            for occasion in clause.occasions
        ],
        lambda: count_of(Inspection, "equipment__contract__terms_code", "equipment__kind", "occasion"),
    ),
    Heading(
        "API application refused",
        lambda pack: _names(pack.application.refusal_grounds) if _api(pack) and pack.application else [],
        lambda: count_of(ApiContract, "article", "ground", state=ApiContract.State.REFUSED),
    ),
    Heading(
        "API contract suspended",
        lambda pack: _suspensions(pack) if _api(pack) else [],
        lambda: count_of(ApiSuspension, "article", "ground"),
    ),
    Heading(
        "API contract ended",
        lambda pack: _names(operator_grounds(pack)) if _api(pack) else [],
        lambda: count_of(ApiContract, "article", "ground", ended_by=ApiContract.EndedBy.OPERATOR),
    ),
    Heading(
        "new version published",
        lambda pack: [pack.code],
        lambda: count_of(TermsVersion, "terms_code", in_force_before=False),
    ),
    Heading(
        "ended by an objection to new terms",
        lambda pack: [pack.code] if _objection_ends(pack) else [],
        lambda: count_of(
            Ending,
            "contract__terms_code",
            ground=OBJECTION,
            ends_on__in=TermsVersion.objects.values("effective"),
        ),
    ),
    Heading(
        "ended by an objection to another fee",
        lambda pack: [pack.code] if _objection_ends(pack) else [],
        lambda: count_of(
            Ending,
            "contract__terms_code",
            ground=OBJECTION,
            ends_on__in=TariffPrice.objects.filter(posting__isnull=False).values("valid_from"),
        ),
    ),
    Heading(
        "asked by the representative",
        lambda pack: (
            [f"{pack.code} {kind}" for kind in (Request.Kind.NEW, Request.Kind.ITEM_CHANGE)]
            if pack.line_groups and any(plan.representative for plan in pack.line_groups.plans)
            else []
        ),
        lambda: count_of(Request, "terms_code", "kind", represented_by__isnull=False),
    ),
    Heading("notice that did not arrive at once", lambda pack: list(_LATE), _late_notices),
    Heading("charge", _charges, lambda: count_of(Charge, "kind")),
    Heading(
        "API duty breached",
        lambda pack: _names(pack.duties) if _api(pack) else [],
        lambda: count_of(ApiBreach, "article", "duty"),
    ),
    Heading(
        "damages claimed under an API's document",
        lambda pack: list(ApiDamageClaim.Claimant.values) if pack.damages and _api(pack) else [],
        lambda: count_of(ApiDamageClaim, "claimant"),
    ),
    always("partner's claim", PartnerClaim, "basis", PartnerClaim.Basis.values),
    always("anti-social check", AntiSocialCheck, "method", AntiSocialCheck.Method.values),
    always("anti-social check came out", AntiSocialCheck, "result", AntiSocialCheck.Result.values),
    always("fault caused by", RepairTicket, "cause", RepairTicket.Cause.values),
    Heading(
        "line came from",
        lambda pack: LineOrigin.Kind.values,
        lambda: count_of(LineOrigin, "kind", contract__service_start__isnull=False),
    ),
    always("bank file", BankFile, "kind", BankFile.Kind.values),
    always("payment returned", PaymentReturn, "kind", PaymentReturn.Kind.values),
    always("claim ended", ReceivableEnd, "kind", ReceivableEnd.Kind.values),
    there(but=_NO_ROWS),
    moved(),
)
