"""Another circuit is connected to a line: asked for in writing, changed in writing, given up in advance."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from contracts.models import InterconnectedLine, Request
from contracts.services.carry_out_requests import carry_out_requests
from contracts.services.refuse_request import refuse_request
from tests import factories
from tests.contracts.kinds.asking import DAY, ask, grant
from workflow.errors import Refused

pytestmark = pytest.mark.django_db

LINE = {"circuit": "専用線A-1", "place": "3階MDF室", "equipment": "L2スイッチ"}
BOTH = pytest.mark.parametrize("terms_code", ["hikari-line", "isp-access"])


@pytest.fixture(autouse=True)
def _published():
    factories.publish_all()


@pytest.mark.article("hikari-line", "32")
@pytest.mark.article("isp-access", "20")
@BOTH
def test_a_circuit_is_connected_changed_and_given_up(terms_code):
    contract = factories.contract(terms_code)
    grant(ask(contract, "interconnection", action="add", on=DAY, **LINE))
    found = InterconnectedLine.objects.get()
    assert (found.circuit, found.place, found.since, found.until) == ("専用線A-1", "3階MDF室", DAY, None)
    grant(ask(contract, "interconnection", action="change", on=DAY, **(LINE | {"place": "4階"})))
    found.refresh_from_db()
    assert found.place == "4階"
    gone = date(2025, 8, 31)
    grant(ask(contract, "interconnection", action="drop", on=gone, circuit="専用線A-1"))
    found.refresh_from_db()
    assert found.until is None
    carry_out_requests(on=gone)
    found.refresh_from_db()
    assert found.until == gone


@pytest.mark.article("hikari-line", "32")
@pytest.mark.article("isp-access", "20")
@pytest.mark.article("isp-access", "21")
@pytest.mark.parametrize("action", ["add", "change"])
@BOTH
def test_it_is_asked_for_in_writing(terms_code, action):
    contract = factories.contract(terms_code)
    with pytest.raises(Refused) as refused:
        ask(contract, "interconnection", form="web", action=action, on=DAY, **LINE)
    assert refused.value.refusal.code == "wrong_form"


@pytest.mark.article("hikari-line", "32")
@pytest.mark.article("isp-access", "20")
@BOTH
def test_it_is_refused_where_the_terms_of_either_side_restrict_it(terms_code):
    request = ask(factories.contract(terms_code), "interconnection", action="add", on=DAY, **LINE)
    refuse_request(request=request, by=factories.staff(), on=DAY, ground="restricted", reason="他社約款")
    assert (request.state, request.article[-4:]) == (
        Request.State.REFUSED,
        "32-2" if terms_code == "hikari-line" else "20-2",
    )


@pytest.mark.parametrize(
    ("details", "field"),
    [
        ({"action": "add", "circuit": "A", "place": "B"}, "equipment"),
        ({"action": "drop", "circuit": "A"}, "circuit"),
        ({"action": "change", "circuit": "A", "place": "B", "equipment": "C"}, "circuit"),
    ],
)
def test_what_is_missing_or_not_connected_is_said_at_the_field(details, field):
    with pytest.raises(ValidationError) as error:
        ask(factories.contract("hikari-line"), "interconnection", on=DAY, **details)
    assert set(error.value.message_dict) == {field}


@pytest.mark.article("hikari-line", "32")
def test_giving_it_up_is_told_in_advance():
    contract = factories.contract("hikari-line")
    grant(ask(contract, "interconnection", action="add", on=DAY, **LINE))
    with pytest.raises(ValidationError) as error:
        ask(contract, "interconnection", action="drop", on=date(2025, 7, 31), circuit="専用線A-1")
    assert set(error.value.message_dict) == {"on"}


def test_a_document_silent_on_it_refuses_it():
    with pytest.raises(Refused) as refused:
        ask(factories.contract("business-network"), "interconnection", action="add", on=DAY, **LINE)
    assert refused.value.refusal.code == "no_such_request"
