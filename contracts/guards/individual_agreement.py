"""In which form a subscriber and the operator may agree otherwise than the document has it."""

from contracts.guards.forms import in_form
from terms.agreement import IndividualAgreement
from terms.pack import Pack
from terms.refusal import Refusal


def agreement_clause(pack: Pack, law: Pack) -> IndividualAgreement:
    """The document's clause on individual agreements; where it has none, the freedom that the law leaves."""
    found = pack.individual_agreement or law.individual_agreement
    assert found is not None, "the law has one"
    return found


def may_agree(pack: Pack, law: Pack, form: str) -> Refusal | None:
    """Refuses an agreement in another form than the document asks for (business-network 4: only in writing)."""
    clause = agreement_clause(pack, law)
    return in_form(clause.form, clause.article, form)
