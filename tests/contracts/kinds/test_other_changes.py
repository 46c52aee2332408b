"""A different route, and changes that no other kind names."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from contracts.models import Request, Work
from contracts.services.refuse_request import refuse_request
from tests import factories
from tests.contracts.kinds.asking import DAY, ask, build, grant
from workflow.errors import Refused
from workflow.selectors import state_changes_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _published():
    factories.publish_all()


@pytest.mark.article("hikari-line", "18")
def test_a_line_takes_another_route_once_it_is_built():
    contract = factories.contract("hikari-line")
    request = grant(ask(contract, "different_route", reason="二重化のため", on=DAY, host_exchange="新宿局"))
    contract.line.refresh_from_db()
    assert not contract.line.different_route
    build(request, date(2025, 8, 20), Work.Kind.ITEM_CHANGE)
    contract.line.refresh_from_db()
    assert (contract.line.different_route, contract.line.host_exchange) == (True, "新宿局")


@pytest.mark.article("hikari-line", "18")
def test_another_route_is_refused_where_it_hinders_the_work_of_the_operator():
    contract = factories.contract("hikari-line")
    request = ask(contract, "different_route", reason="二重化のため", on=DAY)
    refuse_request(request=request, by=factories.staff(), on=DAY, ground="hindrance", reason="設備がないため")
    assert (request.state, request.article) == (Request.State.REFUSED, "hikari-line 18")


@pytest.mark.parametrize("terms_code", ["hikari-phone", "isp-access", "business-network"])
def test_no_other_document_knows_a_different_route(terms_code):
    with pytest.raises(Refused) as refused:
        ask(factories.contract(terms_code), "different_route", reason="二重化のため", on=DAY)
    assert refused.value.refusal.code == "no_such_request"
    assert not Request.objects.exists()


@pytest.mark.article("hikari-line", "19")
@pytest.mark.article("isp-access", "13")
@pytest.mark.parametrize(("terms_code", "article"), [("hikari-line", "19"), ("isp-access", "13")])
def test_another_change_is_written_down_on_its_article(terms_code, article):
    contract = factories.contract(terms_code)
    request = grant(ask(contract, "other_change", on=DAY, terminal_point="3階サーバー室"))
    contract.line.refresh_from_db()
    assert (request.state, contract.line.terminal_point) == (Request.State.CARRIED_OUT, "3階サーバー室")
    change = state_changes_of(contract).get(transition="change_other")
    assert change.article == f"{terms_code} {article}"


def test_a_change_of_nothing_is_sent_back():
    with pytest.raises(ValidationError) as error:
        ask(factories.contract("hikari-line"), "other_change", on=DAY)
    assert set(error.value.message_dict) == {"note"}
