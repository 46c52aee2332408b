"""The five documents and the law as packs."""

import pytest

from terms.errors import NoSuchRule, TermsError
from terms.registry import registry
from terms.rules.late_interest import LateInterest
from terms.rules.suspension_end import SuspensionEnd

COUNTS = {
    "line-info-api": 30,
    "hikari-line": 73,
    "hikari-phone": 63,
    "isp-access": 51,
    "business-network": 31,
}


@pytest.mark.parametrize(("code", "count"), COUNTS.items())
def test_a_pack_has_every_article_of_its_document(code, count):
    assert len(registry().latest(code).articles) == count


def test_an_article_that_the_document_does_not_have_cannot_be_cited():
    pack = registry().latest("isp-access")
    assert str(pack.article("9-3(1)")) == "isp-access 9-3(1)"
    with pytest.raises(TermsError, match='isp-access 2022-07-01 has no article "52"'):
        pack.article("52")


def test_a_rule_that_the_document_does_not_have_is_refused_by_name():
    pack = registry().latest("business-network")
    assert pack.has(LateInterest)
    assert not pack.has(SuspensionEnd)
    with pytest.raises(NoSuchRule, match="business-network 2023-09-10 says nothing of SuspensionEnd"):
        pack.rule(SuspensionEnd)


@pytest.mark.article("hikari-line", "34")
@pytest.mark.article("hikari-phone", "27")
@pytest.mark.article("isp-access", "23")
@pytest.mark.article("line-info-api", "17")
def test_the_exception_for_urgency_differs_between_suspension_and_ending():
    found = {}
    for code in ["line-info-api", "hikari-line", "hikari-phone", "isp-access"]:
        pack = registry().latest(code)
        assert pack.suspension is not None
        assert pack.operator_ending is not None
        found[code] = (pack.suspension.urgent_exception, pack.operator_ending.urgent_exception)
    assert found == {
        "line-info-api": (True, False),
        "hikari-line": (False, True),
        "hikari-phone": (True, True),
        "isp-access": (False, False),
    }


@pytest.mark.article("hikari-line", "24")
@pytest.mark.article("business-network", "10")
def test_only_business_network_lets_all_debts_fall_due_when_it_ends():
    tables = {code: table for code in COUNTS if (table := registry().latest(code).acceleration)}
    assert list(tables) == ["business-network"]
    ending = registry().latest("business-network").operator_ending
    assert ending is not None
    # Every item of 10-1, and no ground of another article.
    assert tables["business-network"].ending_grounds == tuple(ground.code for ground in ending.grounds)
    assert {str(ground.article).partition("(")[0] for ground in ending.grounds} == {"business-network 10-1"}
