"""Maintenance and emergencies: on a ground of the document, announced first by its channels, unless urgent."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from contracts.models import Contract, Interruption
from contracts.services.announce_interruption import announce_interruption
from notices.models import Notice, Posting
from tests import factories
from workflow.errors import Refused

pytestmark = pytest.mark.django_db

DAY = date(2025, 8, 1)
STARTS = factories.at(date(2025, 8, 10), 1)
ALL = ["isp-access", "hikari-line", "hikari-phone", "business-network"]


def announce(
    terms_code: str = "isp-access", *, contracts: list[Contract] | None = None, **fields: Any
) -> Any:
    contracts = contracts if contracts is not None else [factories.contract(terms_code)]
    values: dict[str, Any] = {
        "by": factories.staff(),
        "at": factories.at(DAY),
        "terms_code": terms_code,
        "title": "設備メンテナンスのお知らせ",
        "ground": "maintenance",
        "starts_at": STARTS,
        "ends_at": STARTS + timedelta(hours=4),
        "lines": [contract.line for contract in contracts],
    }
    return announce_interruption(**(values | fields))


@pytest.mark.article("isp-access", "22")
@pytest.mark.article("hikari-line", "33")
@pytest.mark.article("hikari-phone", "26")
@pytest.mark.article("business-network", "26")
@pytest.mark.parametrize(
    ("terms_code", "article"),
    [
        ("isp-access", "22-1(1)"),
        ("hikari-line", "33-1(1)"),
        ("hikari-phone", "26-1(1)"),
        ("business-network", "26-1(1)"),
    ],
)
def test_an_interruption_is_posted_and_told_to_every_subscriber_concerned(terms_code, article):
    contracts = [factories.contract(terms_code) for _ in range(2)]
    factories.contract(terms_code)
    interruption = announce(terms_code, contracts=contracts)
    assert interruption.article == f"{terms_code} {article}"
    assert set(interruption.lines.all()) == {contract.line for contract in contracts}
    assert interruption.posting == Posting.objects.get()
    assert {notice.recipient for notice in Notice.objects.all()} == {
        contract.subscriber for contract in contracts
    }


@pytest.mark.parametrize("terms_code", ALL)
def test_an_interruption_that_has_begun_is_announced_too_late(terms_code):
    with pytest.raises(Refused) as refused:
        announce(terms_code, at=STARTS)
    assert refused.value.refusal.code == "not_announced_first"
    assert not Interruption.objects.exists()
    assert not Notice.objects.exists()


@pytest.mark.article("isp-access", "22")
@pytest.mark.article("hikari-line", "33")
@pytest.mark.article("hikari-phone", "26")
@pytest.mark.article("business-network", "26")
@pytest.mark.parametrize("terms_code", ALL)
def test_an_urgent_one_may_begin_at_once_and_keeps_its_reason(terms_code):
    interruption = announce(terms_code, at=STARTS, urgent=True, urgent_reason="収容ビルの火災")
    assert interruption.urgent_reason == "収容ビルの火災"
    assert "収容ビルの火災" in interruption.posting.body
    assert Notice.objects.get().facts["urgent"] is True


def test_urgency_needs_its_reason():
    with pytest.raises(ValidationError):
        announce(at=STARTS, urgent=True)


def test_a_ground_that_the_document_does_not_list_is_refused():
    with pytest.raises(Refused) as refused:
        announce(ground="line_rehousing")
    assert (refused.value.refusal.code, str(refused.value.refusal.article)) == (
        "no_such_ground",
        "isp-access 22",
    )


def test_the_lines_are_those_of_the_document():
    with pytest.raises(ValidationError) as error:
        announce("isp-access", contracts=[factories.contract("hikari-line")])
    assert "lines" in error.value.message_dict
    with pytest.raises(ValidationError):
        announce(contracts=[])


def test_an_interruption_ends_after_it_starts():
    with pytest.raises(ValidationError):
        announce(ends_at=STARTS)
