"""A contract passes by merger, split or inheritance: with proof, and with one who speaks for several."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from contracts.models import Contract, Request, Subscriber, SubscriberChange
from notices.models import Notice
from tests import factories
from tests.contracts.kinds.asking import DAY, ask, grant
from tests.contracts.kinds.papers import hand_in
from workflow.errors import Refused

pytestmark = pytest.mark.django_db

MERGED = date(2025, 7, 1)


@pytest.fixture(autouse=True)
def _published():
    factories.publish_all()


@pytest.fixture
def heirs() -> list[Subscriber]:
    return [factories.subscriber(kind=Subscriber.Kind.CORPORATION, name=f"承継{n}社") for n in (1, 2)]


def reported(contract: Contract, *successors: Subscriber, cause="merger", **details) -> Request:
    if successors:
        details["successors"] = [successor.number for successor in successors]
    return ask(contract, "succession", cause=cause, on=MERGED, **details)


@pytest.mark.article("hikari-line", "別記2")
@pytest.mark.article("hikari-phone", "15")
@pytest.mark.parametrize(
    ("terms_code", "papers"), [("hikari-line", ["proof"]), ("hikari-phone", ["proof", "identity"])]
)
def test_a_merged_corporation_has_the_contract_with_its_debts_once_it_is_proved(terms_code, papers, heirs):
    contract = factories.contract(terms_code)
    old = contract.subscriber
    request = hand_in(reported(contract, heirs[0]), *papers[:-1])
    with pytest.raises(Refused) as refused:
        grant(request)
    assert refused.value.refusal.code == "no_evidence"
    grant(hand_in(request, papers[-1]))
    contract.refresh_from_db()
    change = SubscriberChange.objects.get()
    assert contract.subscriber == heirs[0]
    assert (change.on, change.old, change.cause, change.debts) == (MERGED, old, "merger", True)
    assert not change.successors.exists()
    assert [notice.recipient for notice in Notice.objects.filter(occasion="succession_recorded")] == [
        heirs[0]
    ]


@pytest.mark.article("hikari-line", "別記2")
def test_until_several_name_one_the_operator_treats_one_of_them_as_their_representative(heirs):
    contract = factories.contract("hikari-line")
    grant(hand_in(reported(contract, *heirs, cause="split"), "proof"))
    contract.refresh_from_db()
    change = SubscriberChange.objects.get()
    assert (contract.subscriber, change.representative_named) == (heirs[0], False)
    assert set(change.successors.all()) == set(heirs)
    another = reported(contract, cause="representative", representative=heirs[1].number)
    grant(hand_in(another, "proof"))
    contract.refresh_from_db()
    named = SubscriberChange.objects.last()
    assert (contract.subscriber, named.representative_named) == (heirs[1], True)


@pytest.mark.article("hikari-line", "別記2")
def test_the_representative_is_one_of_the_successors(heirs):
    contract = factories.contract("hikari-line")
    with pytest.raises(ValidationError) as error:
        reported(contract, *heirs, representative=factories.subscriber().number)
    assert set(error.value.message_dict) == {"representative"}


def test_where_the_document_names_no_representative_several_successors_say_who_is_dealt_with(heirs):
    contract = factories.contract("hikari-phone")
    with pytest.raises(ValidationError) as error:
        reported(contract, *heirs)
    assert set(error.value.message_dict) == {"representative"}


@pytest.mark.parametrize(
    ("details", "field"),
    [({"successors": []}, "successors"), ({"cause": "representative", "representative": "S1"}, "successors")],
)
def test_a_report_without_successors_is_sent_back(details, field):
    contract = factories.contract("hikari-line")
    with pytest.raises(ValidationError) as error:
        ask(contract, "succession", **({"cause": "merger", "on": MERGED} | details))
    assert set(error.value.message_dict) == {field}


def test_a_succession_is_reported_after_it_came_about(heirs):
    contract = factories.contract("hikari-line")
    with pytest.raises(ValidationError) as error:
        ask(contract, "succession", cause="merger", on=date(2025, 8, 2), successors=[heirs[0].number])
    assert set(error.value.message_dict) == {"on"}
    assert date(2025, 8, 2) > DAY
