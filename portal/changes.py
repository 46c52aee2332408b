"""What is to change for a contract, and whether its subscriber can object to that."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from billing.fee_changes import coming_fees
from contracts.models import Contract, TermsVersion
from contracts.models.contract import RUNNING_STATES
from terms.pack import Pack
from terms.rules.terms_objection import TermsObjection


@dataclass(frozen=True)
class Change:
    """``what`` changes on a day. ``objection``: the article under which a letter that arrives by then ends the contract on that
    day, empty where there is none."""

    what: str
    on: date
    objection: str


def changes_ahead(contract: Contract, on: date) -> list[Change]:
    """The versions of its document and the fees of ``contract`` that were announced and take effect on ``on`` or later; the
    earliest first. None for a contract that does not run."""
    if contract.state not in RUNNING_STATES:
        return []
    versions = TermsVersion.objects.filter(
        terms_code=contract.terms_code, effective__gte=on, posting__isnull=False
    )
    found = [
        Change(_("New version of “%(terms)s”") % {"terms": each.title}, each.effective, _objection(each.pack))
        for each in versions
    ]
    objection = _objection(contract.pack(on))
    found += [
        Change(
            _("%(fee)s becomes %(amount)s yen (without tax)")
            % {"fee": price.tariff.name, "amount": f"{price.amount:,}"},
            price.valid_from,
            objection,
        )
        for price in coming_fees(contract, on=on)
    ]
    return sorted(found, key=lambda change: change.on)


def _objection(pack: Pack) -> str:
    rule = pack.rule(TermsObjection) if pack.has(TermsObjection) else None
    return str(rule.article) if rule and rule.ends_contract else ""
