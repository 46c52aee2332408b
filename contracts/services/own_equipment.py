"""What is done with the subscriber's own equipment. Each function is one action."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from contracts.guards.own_equipment import clause_of, may_ask, may_connect, may_inspect
from contracts.models import Contract, Inspection, OwnEquipment, Request
from contracts.services.note_change import note_change
from contracts.services.tell import tell
from terms import own_equipment as tables
from terms.article import ArticleRef
from terms.refusal import Refusal
from workflow.errors import Refused
from workflow.models import User
from workflow.services.perform import perform


def _clause(contract: Contract, kind: str, on: date) -> tables.OwnEquipment:
    found = clause_of(contract.pack(on), kind)
    if isinstance(found, Refusal):
        raise Refused(found)
    return found


def _require(refusal: Refusal | None) -> None:
    if refusal:
        raise Refused(refusal)


def connect_own_equipment(
    *,
    contract: Contract,
    by: User,
    on: date,
    kind: str,
    name: str,
    form: str,
    certification: str = "",
    place: str = "",
    request: Request | None = None,
) -> OwnEquipment:
    """Take the request to connect equipment of the ``kind`` "terminal" or "facility" (hikari-line 別記5, 別記7).

    ``form``: "written", "web" or "phone"; ``certification``: the number of its conformity approval. Where the document knows no
    such request, the equipment is put on record as connected. Refused in another form than the document's; ValidationError
    for a facility without its place.
    """
    clause = _clause(contract, kind, on)
    _require(may_ask(clause, form=form, certified=bool(certification)))
    if kind == OwnEquipment.Kind.FACILITY and clause.connection and not place.strip():
        raise ValidationError({"place": _("The request states where the equipment is connected.")})
    with transaction.atomic():
        unit = OwnEquipment(
            contract=contract,
            request=request,
            kind=kind,
            name=name,
            place=place,
            certification=certification,
            asked_on=on,
        )
        unit.full_clean()
        unit.save()
        note_change(unit, "ask", by=by, on=on)
        if clause.connection is None:
            perform(unit, "connect", by=by, on=on, article=clause.article)
    return unit


def accept_connection(*, unit: OwnEquipment, by: User, on: date) -> OwnEquipment:
    """Grant it. Refused before an inspection was passed, unless certified equipment needs none."""
    clause = _clause(unit.contract, unit.kind, on)
    passed = unit.inspections.filter(state=Inspection.State.PASSED).exists()
    _require(may_connect(clause, certified=bool(unit.certification), passed=passed))
    perform(unit, "connect", by=by, on=on, article=clause.connection.article if clause.connection else None)
    return unit


def refuse_connection(*, unit: OwnEquipment, by: User, on: date, ground: str) -> OwnEquipment:
    """Refuse it on a ``ground`` of the document, and on no other; ValidationError for another."""
    clause = _clause(unit.contract, unit.kind, on)
    grounds = clause.connection.refusal_grounds if clause.connection else ()
    found = next((each for each in grounds if each.code == ground), None)
    if found is None:
        raise ValidationError({"ground": _("The document lists no such ground; grant it.")})
    perform(unit, "refuse", by=by, on=on, reason=found.label, article=found.article)
    return unit


def ask_inspection(*, unit: OwnEquipment, by: User, on: date, occasion: str) -> Inspection:
    """Ask the subscriber to accept an inspection; the notice says so. Refused on an occasion that the document does not name."""
    clause = _clause(unit.contract, unit.kind, on)
    _require(may_inspect(clause, occasion=occasion))
    at_connection = occasion == "connection" and clause.connection is not None
    article = clause.connection.inspection_article if at_connection and clause.connection else clause.article
    with transaction.atomic():
        inspection = Inspection.objects.create(
            equipment=unit, occasion=occasion, article=str(article), asked_on=on
        )
        tell(unit.contract, "inspection_asked", on=on, article=article, about=unit, equipment=unit.name)
    return inspection


def carry_out_inspection(
    *,
    inspection: Inspection,
    by: User,
    on: date,
    inspector: str,
    certificate: str,
    passed: bool,
    findings: str = "",
) -> Inspection:
    """The result. Equipment in use that fails is to be removed, or put right where the document asks no more (business-network 14-3).

    Refused unless the inspector showed the certificate (所定の証明書).
    """
    unit = inspection.equipment
    clause = _clause(unit.contract, unit.kind, on)
    if not (certificate.strip() and inspector.strip()):
        raise Refused(
            Refusal(
                clause.certificate_article,
                "no_certificate",
                _("Whoever inspects shows the operator’s certificate; enter name and certificate."),
            )
        )
    with transaction.atomic():
        perform(
            inspection, "passed" if passed else "failed", by=by, on=on, article=ArticleRef.parse(inspection.article),
            inspector=inspector, certificate=certificate, findings=findings,
        )  # fmt: skip
        unit.refresh_from_db()
        if not passed and unit.state == OwnEquipment.State.CONNECTED:
            perform(unit, "fail", by=by, on=on, reason=findings, article=clause.remedy_article)
            tell(
                unit.contract, "own_equipment_failed", on=on, article=clause.remedy_article, about=unit,
                equipment=unit.name, removal=clause.remedy == "removal",
            )  # fmt: skip
    return inspection


def decline_inspection(
    *, inspection: Inspection, by: User, on: date, good_reason: bool, reason: str
) -> Inspection:
    """The subscriber did not accept it; ``good_reason``: 正当な理由. Without one it may be a ground of suspension."""
    perform(inspection, "excuse" if good_reason else "decline", by=by, on=on, reason=reason)
    return inspection


def put_right(*, unit: OwnEquipment, by: User, on: date) -> OwnEquipment:
    """What failed was put right; Refused where the document wants it removed."""
    clause = _clause(unit.contract, unit.kind, on)
    if clause.remedy != "correction":
        raise Refused(
            Refusal(clause.remedy_article, "remove_it", _("The document wants failing equipment removed."))
        )
    perform(unit, "connect", by=by, on=on, article=clause.remedy_article)
    return unit


def report_removal(*, unit: OwnEquipment, by: User, on: date) -> OwnEquipment:
    """The subscriber took it off and told the operator (hikari-line 別記5(7), 別記7(7))."""
    clause = _clause(unit.contract, unit.kind, on)
    article = clause.connection.removal_article if clause.connection else None
    perform(unit, "remove", by=by, on=on, article=article)
    return unit


def suspension_ground(*, unit: OwnEquipment, on: date) -> str:
    """The ground on which propose_suspension may be asked: an inspection was refused, or what failed is still there. Else empty.

    Nothing is suspended by itself.
    """
    clause = _clause(unit.contract, unit.kind, on)
    refused = unit.inspections.filter(state=Inspection.State.REFUSED).exists()
    there = unit.state == OwnEquipment.State.FAILED
    return clause.suspension_ground if refused or there else ""
