"""An individual agreement changes parameters that the document has, and every result cites it."""

from datetime import date

import pytest

from terms.article import ArticleRef
from terms.errors import PackError
from terms.overrides import Agreed, as_agreed, with_overrides
from terms.registry import registry
from terms.rules.late_interest import LateInterest, LateInterestFacts, late_interest
from terms.rules.periodic_charge import PeriodicCharge
from terms.rules.termination_notice_deadline import TerminationNoticeDeadline

SINCE = date(2025, 6, 1)
HALF = '{"late_interest": {"annual_rate": "0.05"}}'


@pytest.mark.article("hikari-line", "1")
def test_an_agreed_rate_goes_before_the_documents_and_the_result_cites_both():
    pack = registry().latest("hikari-line")
    agreed = as_agreed(pack, [Agreed(SINCE, None, HALF)], date(2025, 8, 1))
    facts = LateInterestFacts(principal=100_000, due=date(2025, 7, 1), paid=date(2025, 8, 1))
    before, after = (late_interest(found.rule(LateInterest), facts) for found in (pack, agreed))
    assert 0 < after.amount < before.amount
    assert str(after.article) == "hikari-line 45・個別合意2025-06-01"
    assert (after.article.head, after.article.agreed) == ("45", "2025-06-01")
    assert ArticleRef.parse(str(after.article)) == after.article
    assert str(before.article) == "hikari-line 45", "the document itself is as it was"


def test_it_holds_only_in_its_days_and_a_later_one_goes_before_an_earlier_one():
    pack = registry().latest("business-network")
    agreements = [
        Agreed(date(2025, 9, 1), date(2025, 9, 30), '{"late_interest": {"annual_rate": "0.01"}}'),
        Agreed(SINCE, None, HALF),
    ]
    rates = [
        str(as_agreed(pack, agreements, day).rule(LateInterest).annual_rate)
        for day in (date(2025, 5, 31), SINCE, date(2025, 9, 1), date(2025, 9, 30), date(2025, 10, 1))
    ]
    assert rates == ["0.146", "0.05", "0.01", "0.01", "0.05"]
    twice = as_agreed(pack, agreements, date(2025, 9, 1)).rule(LateInterest).article
    assert twice.agreed == "2025-09-01"


def test_a_longer_notice_can_be_agreed():
    pack = registry().latest("business-network")
    agreed = with_overrides(pack, {"termination_notice_deadline": {"months": 3}}, since=SINCE)
    assert agreed.rule(TerminationNoticeDeadline).months == 3
    assert agreed.rule(LateInterest) == pack.rule(LateInterest)


def test_an_agreed_price_marks_the_article_on_charges():
    pack = registry().latest("isp-access")
    agreed = as_agreed(pack, [Agreed(SINCE, None, "{}", (("fee", 100),))], SINCE)
    assert agreed.rule(PeriodicCharge).article.agreed == "2025-06-01"


@pytest.mark.parametrize(
    "tables",
    [
        {"late_interest": {"annual_rat": "0.05"}},
        {"late_interest": {"annual_rate": 5}},
        {"late_interest": "none"},
        {"late_interest": {"article": "1"}},
        {"no_such_table": {"key": 1}},
        {"articles": {"45": {"title": "x"}}},
        {"effective": {"key": 1}},
        {"suspension_end": {"max_months": 3}},
    ],
)
def test_what_the_document_does_not_have_cannot_be_agreed_otherwise(tables):
    with pytest.raises(PackError, match="individual agreement of 2025-06-01"):
        with_overrides(registry().latest("hikari-phone"), tables, since=SINCE)
