"""Note under which version of the terms a contract stands."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from contracts.models import Agreement, Contract, TermsVersion


def form_contract(*, contract: Contract, on: date) -> Agreement:
    """The agreement on the version in force on ``on``, the day on which the contract is formed.

    ValidationError where that version was not published yet.
    """
    pack = contract.pack(on)
    version = TermsVersion.objects.filter(terms_code=pack.code, effective=pack.effective).first()
    if version is None:
        raise ValidationError(
            _(
                "The version of “%(code)s” effective %(day)s is not published; run “manage.py load_terms” first."
            )
            % {"code": pack.code, "day": pack.effective}
        )
    agreement, _made = Agreement.objects.get_or_create(
        contract=contract, since=on, defaults={"version": version}
    )
    return agreement
