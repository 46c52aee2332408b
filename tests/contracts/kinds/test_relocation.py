"""A line is moved inside the service area, once the work at the new place is done."""

from datetime import date

import pytest

from contracts.models import Relocation, Request
from contracts.services.carry_out_requests import carry_out_requests
from notices.models import Notice
from tests import factories
from tests.contracts.kinds.asking import DAY, PLACE, ask, build, grant
from workflow.errors import Refused

pytestmark = pytest.mark.django_db

MOVED = date(2025, 8, 12)


@pytest.fixture(autouse=True)
def _published():
    factories.publish_all()
    factories.serve("hikari-line", "hikari-phone", "isp-access", prefectures=("東京都", "神奈川県"))


@pytest.mark.article("hikari-line", "17")
@pytest.mark.article("hikari-phone", "14")
@pytest.mark.article("isp-access", "11")
@pytest.mark.parametrize("terms_code", ["hikari-line", "hikari-phone", "isp-access"])
def test_the_line_moves_when_its_work_is_done(terms_code):
    contract = factories.contract(terms_code)
    request = grant(
        ask(contract, "relocation", **PLACE, on=date(2025, 8, 10), unusable_from=date(2025, 8, 9))
    )
    carry_out_requests(on=date(2025, 8, 11))
    contract.line.refresh_from_db()
    assert (request.state, contract.line.prefecture) == (Request.State.ACCEPTED, "東京都")
    build(request, MOVED)
    request.refresh_from_db()
    contract.line.refresh_from_db()
    assert (request.state, contract.line.prefecture) == (Request.State.CARRIED_OUT, "神奈川県")
    move = Relocation.objects.get()
    assert (move.on, move.unusable_from, move.usable_again) == (MOVED, date(2025, 8, 9), MOVED)
    assert move.old_address["prefecture"] == "東京都"
    assert Notice.objects.filter(occasion="change_done").count() == 1


@pytest.mark.article("hikari-line", "17")
@pytest.mark.article("hikari-phone", "14")
@pytest.mark.parametrize(
    ("terms_code", "article"), [("hikari-line", "hikari-line 6"), ("hikari-phone", "hikari-phone 10")]
)
def test_a_place_outside_the_area_is_refused_where_it_is_entered(terms_code, article):
    contract = factories.contract(terms_code)
    with pytest.raises(Refused) as refused:
        ask(contract, "relocation", **(PLACE | {"prefecture": "沖縄県"}), on=DAY)
    assert (refused.value.refusal.code, str(refused.value.refusal.article)) == ("out_of_area", article)
    assert not Request.objects.exists()
