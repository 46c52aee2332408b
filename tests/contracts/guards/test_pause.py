"""When a line may be paused."""

import pytest

from contracts.guards.pause import may_pause
from terms.registry import registry
from tests.contracts.guards.answers import no


@pytest.mark.article("isp-access", "12")
def test_isp_access_pauses_no_course_that_another_operator_prices():
    pack = registry().latest("isp-access")
    assert may_pause(pack, partner_course=False) is None
    refusal = no(may_pause(pack, partner_course=True))
    assert (refusal.code, str(refusal.article)) == ("partner_course", "isp-access 12-2")


@pytest.mark.parametrize("code", ["hikari-line", "hikari-phone"])
def test_a_document_without_that_consent_pauses_any_course(code):
    assert may_pause(registry().latest(code), partner_course=True) is None


def test_a_document_that_knows_no_pause_refuses_it():
    assert no(may_pause(registry().latest("business-network"), partner_course=False)).code == "no_pause"
