"""What a subscriber must agree to, and what of it can be taken back."""

from contracts.guards.consent import clause_of, given_with_contract, may_withdraw
from terms.registry import registry
from tests.contracts.guards.answers import no, there

PACK, LAW = registry().latest("business-network"), registry().latest("statute")


def test_a_consent_stands_in_the_document_or_else_in_the_law():
    assert there(clause_of(PACK, LAW, "inspection"))[0] == PACK
    assert there(clause_of(PACK, LAW, "electronic_contract_document"))[0] == LAW
    assert clause_of(PACK, LAW, "to_anything") is None


def test_what_is_part_of_the_contract_stands_as_long_as_that_and_the_rest_can_be_taken_back():
    given = given_with_contract(PACK)
    apart = [consent for consent in PACK.consents if consent not in given]
    assert {consent.code for consent in apart} == {"required_particulars", "external_storage_terms"}
    for consent in given:
        refusal = no(may_withdraw(consent))
        assert (refusal.code, refusal.article) == ("part_of_contract", consent.article)
    assert [may_withdraw(consent) for consent in apart] == [None, None]
