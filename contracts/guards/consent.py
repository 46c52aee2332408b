"""What a subscriber must agree to, and what of it can be taken back."""

from django.utils.translation import gettext as _

from terms.consent import Consent
from terms.document import find
from terms.pack import Pack
from terms.refusal import Refusal


def clause_of(pack: Pack, law: Pack, code: str) -> tuple[Pack, Consent] | None:
    """The consent of that code and where it stands: in the document, else in the law. None where neither has it."""
    for where in (pack, law):
        found = find(where.consents, code)
        if found is not None:
            return where, found
    return None


def given_with_contract(pack: Pack) -> tuple[Consent, ...]:
    """The consents that a subscriber gives by concluding the contract."""
    return tuple(consent for consent in pack.consents if not consent.separate)


def may_withdraw(clause: Consent) -> Refusal | None:
    """Refuses to take back a consent that is part of the contract: it stands as long as the contract does."""
    if clause.separate:
        return None
    return Refusal(
        clause.article,
        "part_of_contract",
        _("This consent is part of the contract and stands as long as the contract does."),
    )
