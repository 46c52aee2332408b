"""Which requests about a contract can be sent from its page: those whose transition its state has and whose document knows them."""

from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django_fsm import can_proceed

from contracts.models import Contract
from contracts.services.add_option import RUNNING
from portal.selectors import options_of
from terms.registry import pack_for


def possible_requests(contract: Contract, on: date) -> list[tuple[str, str | Promise]]:
    """Address and words of each. What the document then says to the request itself, the service decides."""
    pack = pack_for(contract.terms_code, on, earliest=True)
    offers = [
        (
            contract.state in RUNNING and options_of(contract.terms_code).exists(),
            "option",
            _("Add or give up an option"),
        ),
        (pack.pause is not None and can_proceed(contract.pause), "pause", _("Pause the service")),
        (can_proceed(contract.resume), "resume", _("Resume the service")),
        (can_proceed(contract.cancel), "cancel", _("Cancel before the service starts")),
        (can_proceed(contract.declare_ending), "ending", _("End the contract")),
    ]
    return [(f"portal:{name}", words) for offered, name, words in offers if offered]
