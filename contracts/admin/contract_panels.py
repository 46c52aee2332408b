"""What hangs on a contract: versions of the terms, options, requests, works, pauses, suspensions, endings, notices."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from contracts.admin.consent import consents_panel
from contracts.admin.contract_document import documents_panel
from contracts.admin.disclosure import disclosures_panel
from contracts.admin.individual_agreement import individual_agreements_panel
from contracts.admin.kept_version import kept_versions_panel
from contracts.admin.notice_panels import notices_about_panel
from contracts.admin.reference_version import references_panel
from contracts.models import Contract, Ending, LentEquipment, LineOrigin, Request, Suspension, Violation, Work
from workflow.staff import cells
from workflow.staff.panels import Panel, panel


def contract_panels(contract: Contract) -> Iterable[Panel]:
    """The tables on the page of ``contract``; those without a row are left out, except for options, requests and consents."""
    always = [_options(contract), _requests(contract), consents_panel(contract)]
    only_if_any = [
        documents_panel(contract), _origin(contract), _linked(contract), _equipment(contract), _own_equipment(contract),
        _works(contract), _pauses(contract), _suspensions(contract), _violations(contract), _partner_contracts(contract),
        _partner_cancellations(contract), _endings(contract), _passed_on(contract), _approval_numbers(contract),
        _interconnected(contract), _agreements(contract),
        *([kept_versions_panel(contract)] if contract.individual else []),
        individual_agreements_panel(contract), references_panel(contract), disclosures_panel(contract),
        notices_about_panel(contract),
    ]  # fmt: skip
    return [*always, *(found for found in only_if_any if found.rows)]


def _origin(contract: Contract) -> Panel:
    """From whom the line came, where it was moved here with a number."""
    return panel(
        _("origin of a line"),
        LineOrigin.objects.filter(contract=contract),
        [
            (_("kind"), lambda origin: origin.get_kind_display()),
            (_("approval number"), lambda origin: origin.approval_number),
            (_("provider before"), lambda origin: origin.provider or cells.EMPTY),
            (_("discounted since"), lambda origin: cells.day(origin.discounted_since)),
        ],
    )


def _options(contract: Contract) -> Panel:
    return panel(
        _("Options and equipment"),
        contract.options.select_related("product", "halt").order_by("-starts_on"),
        [
            (_("product"), lambda option: option.product),
            (_("kind"), lambda option: option.product.get_kind_display()),
            (_("first day"), lambda option: cells.day(option.starts_on)),
            (_("last day"), lambda option: cells.day(option.ends_on)),
            (_("halted from"), lambda option: cells.day(option.halted_from)),
        ],
    )


def _requests(contract: Contract) -> Panel:
    return panel(
        _("requests"),
        contract.requests.order_by("-id"),
        [
            (_("request"), cells.link),
            (_("state"), cells.state_badge),
            (_("Came in"), lambda request: request.get_form_display()),
            (_("received at"), lambda request: cells.moment(request.received_at)),
            (_("decided on"), lambda request: cells.day(request.decided_on)),
            (_("article"), lambda request: cells.article(request.article)),
        ],
        more=cells.list_of(Request, contract__id__exact=contract.pk),
    )


def _passed_on(contract: Contract) -> Panel:
    return panel(
        _("changes of subscriber"),
        contract.subscriber_changes.select_related("old", "new").order_by("-on", "-pk"),
        [
            (_("from"), lambda change: cells.day(change.on)),
            (_("cause"), lambda change: change.get_cause_display()),
            (_("subscriber before"), lambda change: cells.link(change.old, change.old.name)),
            (_("subscriber after"), lambda change: cells.link(change.new, change.new.name)),
            (_("article"), lambda change: cells.article(change.article)),
        ],
    )


def _approval_numbers(contract: Contract) -> Panel:
    return panel(
        _("approval numbers"),
        contract.approval_numbers.order_by("-pk"),
        [
            (_("approval number"), lambda number: number.number),
            (_("issued on"), lambda number: cells.day(number.issued_on)),
            (_("valid through"), lambda number: cells.day(number.valid_through)),
            (_("voided on"), lambda number: cells.day(number.voided_on)),
            (_("used on"), lambda number: cells.day(number.used_on)),
        ],
    )


def _interconnected(contract: Contract) -> Panel:
    return panel(
        _("interconnected lines"),
        contract.interconnected_lines.order_by("-since"),
        [
            (_("other circuit"), lambda found: found.circuit),
            (_("place of the connection"), lambda found: found.place),
            (_("equipment used"), lambda found: found.equipment),
            (_("first day"), lambda found: cells.day(found.since)),
            (_("last day"), lambda found: cells.day(found.until)),
        ],
    )


def _linked(contract: Contract) -> Panel:
    return panel(
        _("Contracts beside this one"),
        contract.linked.select_related("product").order_by("-id"),
        [
            (_("contract"), cells.link),
            (_("state"), cells.state_badge),
            (_("product"), lambda linked: linked.product),
        ],
    )


def _equipment(contract: Contract) -> Panel:
    return panel(
        _("lent equipment"),
        contract.equipment.select_related("product").order_by("-id"),
        [
            (_("lent equipment"), cells.link),
            (_("state"), cells.state_badge),
            (_("lent on"), lambda unit: cells.day(unit.lent_on)),
            (_("return by"), lambda unit: cells.day(unit.return_by)),
        ],
        more=cells.list_of(LentEquipment, contract__id__exact=contract.pk),
    )


def _own_equipment(contract: Contract) -> Panel:
    return panel(
        _("own equipment"),
        contract.own_equipment.order_by("-id"),
        [
            (_("own equipment"), cells.link),
            (_("kind"), lambda unit: unit.get_kind_display()),
            (_("state"), cells.state_badge),
            (_("asked for on"), lambda unit: cells.day(unit.asked_on)),
        ],
    )


def _works(contract: Contract) -> Panel:
    return panel(
        _("works"),
        contract.works.order_by("-id"),
        [
            (_("work"), lambda work: cells.link(work, work.get_kind_display())),
            (_("state"), cells.state_badge),
            (_("planned for"), lambda work: cells.moment(work.planned_at)),
            (_("done at"), lambda work: cells.moment(work.done_at)),
        ],
        more=cells.list_of(Work, contract__id__exact=contract.pk),
    )


def _pauses(contract: Contract) -> Panel:
    return panel(
        _("pauses"),
        contract.pauses.order_by("-starts_on"),
        [
            (_("first day"), lambda pause: cells.day(pause.starts_on)),
            (_("last day"), lambda pause: cells.day(pause.ends_on)),
            (_("article"), lambda pause: cells.article(pause.article)),
        ],
    )


def _suspensions(contract: Contract) -> Panel:
    return panel(
        _("suspensions"),
        contract.suspensions.order_by("-id"),
        [
            (
                _("suspension"),
                lambda suspension: cells.link(suspension, suspension.reason[:40] or suspension.ground),
            ),
            (_("state"), cells.state_badge),
            (_("first day"), lambda suspension: cells.day(suspension.starts_on)),
            (_("last day"), lambda suspension: cells.day(suspension.lifted_on or suspension.through)),
            (_("article"), lambda suspension: cells.article(suspension.article)),
        ],
        more=cells.list_of(Suspension, contract__id__exact=contract.pk),
    )


def _violations(contract: Contract) -> Panel:
    return panel(
        _("violations"),
        contract.violations.order_by("-id"),
        [
            (_("violation"), lambda violation: cells.link(violation, violation.evidence[:40])),
            (_("state"), cells.state_badge),
            (_("reported on"), lambda violation: cells.day(violation.reported_on)),
            (_("article"), lambda violation: cells.article(violation.article)),
            (_("what became of it"), lambda violation: violation.outcome),
        ],
        more=cells.list_of(Violation, contract__id__exact=contract.pk),
    )


def _partner_contracts(contract: Contract) -> Panel:
    return panel(
        _("contracts with carriers"),
        contract.partner_contracts.select_related("partner").order_by("-id"),
        [
            (_("partner"), lambda beside: cells.link(beside.partner)),
            (_("since"), lambda beside: cells.day(beside.since)),
            (_("last day"), lambda beside: cells.day(beside.ends_on)),
            (_("claims bought"), lambda beside: cells.yes_no(beside.purchased)),
            (_("article"), lambda beside: cells.article(beside.article)),
        ],
    )


def _partner_cancellations(contract: Contract) -> Panel:
    return panel(
        _("cancellations by partners"),
        contract.partner_cancellations.select_related("partner", "becomes").order_by("-id"),
        [
            (_("partner"), lambda found: cells.link(found.partner)),
            (_("goes on as"), lambda found: found.becomes),
            (_("effective on"), lambda found: cells.day(found.effective_on)),
            (_("done on"), lambda found: cells.day(found.done_on)),
            (_("article"), lambda found: cells.article(found.article)),
        ],
    )


def _endings(contract: Contract) -> Panel:
    return panel(
        _("endings"),
        contract.endings.order_by("-id"),
        [
            (_("endings"), lambda ending: cells.link(ending, cells.day(ending.ends_on))),
            (_("ended by"), lambda ending: ending.get_by_display()),
            (_("declared on"), lambda ending: cells.day(ending.declared_on)),
            (_("reason"), lambda ending: ending.reason),
            (_("article"), lambda ending: cells.article(ending.article)),
            (_("withdrawn on"), lambda ending: cells.day(ending.withdrawn_on)),
        ],
        more=cells.list_of(Ending, contract__id__exact=contract.pk),
    )


def _agreements(contract: Contract) -> Panel:
    return panel(
        _("Versions of the terms"),
        contract.agreements.select_related("version").order_by("-since"),
        [
            (_("Version"), lambda agreement: cells.link(agreement.version)),
            (_("since"), lambda agreement: cells.day(agreement.since)),
        ],
    )
