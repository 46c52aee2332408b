"""A line over another route than the usual one: where the document knows it."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from contracts.models import Line
from contracts.services.reroute_line import reroute_line
from notices.models import Notice
from tests import factories
from workflow.errors import Refused

pytestmark = pytest.mark.django_db

DAY = date(2025, 8, 1)


def test_the_line_takes_the_other_route_and_ends_at_the_exchange_named():
    contract = factories.contract("hikari-line", line=factories.line("hikari-line", host_exchange="霞が関"))
    reroute_line(contract=contract, by=factories.staff(), on=DAY, host_exchange="芝")
    line = Line.objects.get(pk=contract.line_id)
    assert (line.different_route, line.host_exchange) == (True, "芝")
    assert Notice.objects.get(occasion="change_done").article == str(
        contract.pack(DAY).different_route.article
    )


def test_without_an_exchange_it_stays_at_its_own():
    contract = factories.contract("hikari-line", line=factories.line("hikari-line", host_exchange="霞が関"))
    reroute_line(contract=contract, by=factories.staff(), on=DAY)
    assert Line.objects.get(pk=contract.line_id).host_exchange == "霞が関"


def test_a_document_without_other_routes_refuses_it():
    contract = factories.contract("isp-access")
    with pytest.raises(Refused) as refused:
        reroute_line(contract=contract, by=factories.staff(), on=DAY)
    assert refused.value.refusal.code == "no_different_route"
    assert not Line.objects.get(pk=contract.line_id).different_route


def test_a_contract_without_a_line_has_no_route():
    contract = factories.contract("hikari-line", line=None)
    with pytest.raises(ValidationError):
        reroute_line(contract=contract, by=factories.staff(), on=DAY)
    assert not Notice.objects.exists()
