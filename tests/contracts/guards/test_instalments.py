"""Whether works are still put on instalments: asked of the day on which they were asked for."""

from datetime import date, timedelta

import pytest

from contracts.guards.instalments import takes_instalments
from terms.registry import registry
from tests.contracts.guards.answers import no

LAST = date(2017, 11, 15)
"""The last day on which hikari-line took them."""


@pytest.mark.article("hikari-line", "41")
def test_hikari_line_takes_them_up_to_its_last_day_and_not_after():
    pack = registry().latest("hikari-line")
    assert takes_instalments(pack, asked=LAST) is None
    refusal = no(takes_instalments(pack, asked=LAST + timedelta(days=1)))
    assert (refusal.code, str(refusal.article)) == ("closed", "hikari-line 41")


@pytest.mark.parametrize("code", ["isp-access", "hikari-phone", "business-network"])
def test_a_document_that_says_nothing_of_them_never_takes_them(code):
    refusal = no(takes_instalments(registry().latest(code), asked=LAST))
    assert (refusal.code, refusal.article.pack) == ("closed", code)
    assert registry().latest(code).title in refusal.reason
