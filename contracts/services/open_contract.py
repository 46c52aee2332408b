"""Start the service."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from contracts.guards.application import application_of
from contracts.guards.lines import lines_of
from contracts.models import Contract, ContractOption, Product, Request, Work
from contracts.selectors import standing_ending
from contracts.services.conclude_partner_contract import conclude_partner_contract
from contracts.services.form_contract import form_contract
from contracts.services.tell import tell
from notices.facts import moment_words
from terms.calendar import period_end
from terms.refusal import Refusal
from workflow.errors import Refused
from workflow.models import User
from workflow.services.perform import perform


def open_contract(*, contract: Contract, by: User, on: date) -> Contract:
    """Service starts on ``on``: the contract is registered, and formed now where the document says so; the subscriber is told.

    A base term of the product runs from ``on``. Options and equipment of the application start with it.
    ValidationError while an opening work is not done or an ending stands; WrongState unless the contract was accepted.
    """
    with transaction.atomic():
        unfinished = contract.works.filter(
            kind=Work.Kind.OPENING, state__in=[Work.State.PLANNED, Work.State.STARTED]
        ).first()
        if unfinished is not None:
            raise ValidationError(
                _("The opening work planned for %(when)s is not done; finish or cancel it first.")
                % {"when": moment_words(unfinished.planned_at)}
            )
        ending = standing_ending(contract)
        if ending is not None:
            raise ValidationError(
                _("The contract ends on %(day)s; withdraw the ending first.") % {"day": ending.ends_on}
            )
        needs_line = lines_of(contract.pack(on)).needs_line
        if needs_line is not None and contract.line is None:
            raise Refused(
                Refusal(needs_line, "no_line", _("The service is given over the subscriber’s own line only."))
            )
        formed_on = contract.formed_on or on
        if on < formed_on:
            raise ValidationError(
                {
                    "on": _("The contract was formed on %(day)s; its service starts no earlier.")
                    % {"day": formed_on}
                }
            )
        if contract.formed_on is None:
            form_contract(contract=contract, on=on)
        table = application_of(contract.pack(on))
        months = contract.product.term_months
        perform(
            contract, "open", by=by, on=on, article=table.article, formed_on=formed_on, term_months=months
        )
        request = contract.requests.filter(kind=Request.Kind.NEW, state=Request.State.ACCEPTED).first()
        if request is not None:
            products = Product.objects.filter(code__in=request.details.get("options", ()))
            ContractOption.objects.bulk_create(
                ContractOption(contract=contract, product=product, starts_on=on) for product in products
            )
            perform(request, "carry_out", by=by, on=on)
        conclude_partner_contract(contract=contract, by=by, on=on)
        facts: dict[str, Any] = {"term_through": period_end(on, months)} if months else {}
        if contract.line is not None:
            facts["line_number"] = contract.line.number
            if contract.line.phone_number:
                facts["phone_number"] = contract.line.phone_number
        tell(
            contract,
            "contract_opened",
            on=on,
            article=table.article,
            formed_on=formed_on,
            service_start=on,
            **facts,
        )
    return contract
