"""In which form subscriber and operator may agree otherwise than the document has it."""

import pytest

from contracts.guards.individual_agreement import agreement_clause, may_agree
from terms.registry import registry
from tests.contracts.guards.answers import no

LAW = registry().latest("statute")


@pytest.mark.article("business-network", "4")
def test_business_network_is_departed_from_in_writing_alone():
    pack = registry().latest("business-network")
    assert may_agree(pack, LAW, "written") is None
    refusal = no(may_agree(pack, LAW, "phone"))
    assert (refusal.code, str(refusal.article)) == ("wrong_form", "business-network 4")


@pytest.mark.parametrize(
    ("code", "article"), [("hikari-line", "hikari-line 1"), ("isp-access", "statute 民法521")]
)
def test_elsewhere_any_form_will_do_by_the_document_or_by_the_law(code, article):
    pack = registry().latest(code)
    assert str(agreement_clause(pack, LAW).article) == article
    assert may_agree(pack, LAW, "phone") is None
