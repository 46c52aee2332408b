"""When one company may collect the other's charges as its agent."""

from typing import Any

import pytest

from contracts.guards.collection import CollectionFacts, may_collect
from terms.registry import registry
from tests.contracts.guards.answers import no, there

PACK = registry().latest("hikari-line")
FOR_PARTNER, BY_PARTNER = there(PACK.collection_for_partner), there(PACK.collection_by_partner)


def facts(**fields: Any) -> CollectionFacts:
    values: dict[str, Any] = {"overdue": 0, "doubtful": False, "partner_agrees": True, "hindrance": False}
    return CollectionFacts(**(values | fields))


@pytest.mark.article("hikari-line", "59")
@pytest.mark.article("hikari-line", "60")
@pytest.mark.parametrize("table", [FOR_PARTNER, BY_PARTNER])
def test_it_is_refused_in_arrears_without_the_partner_and_where_it_hinders(table):
    assert may_collect(PACK, table, facts()) is None
    for fields, code, article in (
        ({"overdue": 1}, "arrears", table.no_arrears),
        ({"doubtful": True}, "doubtful", table.no_arrears),
        ({"partner_agrees": False}, "partner", table.partner_agrees),
        ({"hindrance": True}, "hindrance", table.no_hindrance),
    ):
        refusal = no(may_collect(PACK, table, facts(**fields)))
        assert (refusal.code, refusal.article) == (code, article)


def test_a_document_without_it_refuses_it():
    assert no(may_collect(registry().latest("isp-access"), None, facts())).code == "no_collection"
