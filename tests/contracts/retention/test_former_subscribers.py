"""Personal data after the end of contracts: erased in time, but for what the books need."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from contracts.models import Contract, Evidence, PurgeCertificate, Request, Subscriber
from contracts.retention.own import BOOKS_DAYS, ERASED_NAME
from contracts.retention.registry import category
from contracts.services.hold_data import place_hold
from contracts.services.purge import purge
from contracts.services.set_retention import set_retention
from notices.services.send_notice import send_notice
from terms.article import ArticleRef
from tests import factories
from tests.billing import things
from workflow.models import User

pytestmark = pytest.mark.django_db

ENDED = date(2020, 3, 31)
TODAY = date(2025, 10, 1)
NOW = factories.at(TODAY)


@pytest.fixture
def by() -> User:
    return factories.staff()


def kept(code: str, days: int, by: User) -> None:
    set_retention(category=category(code), days=days, starts_on=TODAY, by=by, at=NOW, reason="決定")


def former(*, ended: date = ENDED, state: str = Contract.State.ENDED) -> Subscriber:
    """A subscriber whose contract is over."""
    contract = factories.contract("isp-access", start=date(2012, 4, 1))
    Contract.objects.filter(pk=contract.pk).update(state=state, ends_on=ended)
    return contract.subscriber


def erase(code: str, by: User) -> list[PurgeCertificate]:
    return purge(category=category(code), by=by, at=NOW)


def test_the_contact_details_go_when_their_time_is_over_and_the_name_stays_for_the_books(by: User) -> None:
    kept("subscribers", 365, by)
    gone, lately = former(), former(ended=TODAY - timedelta(days=300))
    living = former(state=Contract.State.ACTIVE)
    name = gone.name

    (certificate,) = erase("subscribers", by)

    assert (certificate.count, certificate.article) == (1, "statute 個人情報保護法22")
    gone.refresh_from_db()
    assert (gone.name, gone.email, gone.phone, gone.city, gone.name_kana) == (name, "", "", "", "")
    assert gone.events.count() == 1
    assert not gone.events.exclude(email="").exists()
    for other in (lately, living):
        other.refresh_from_db()
        assert other.phone
    assert erase("subscribers", by) == []


def test_who_owes_something_or_is_held_is_left(by: User) -> None:
    kept("subscribers", 10, by)
    gone, held = former(), former()
    things.standing()
    owing = things.contract("isp-access")
    things.bill(date(2025, 8, 1))
    Contract.objects.filter(pk=owing.pk).update(state=Contract.State.ENDED, ends_on=date(2025, 8, 31))
    place_hold(by=by, at=NOW, reason="係争中", subscriber=held)

    (certificate,) = erase("subscribers", by)

    assert certificate.count == 1
    gone.refresh_from_db()
    assert not gone.phone
    for subscriber in (owing.subscriber, held):
        subscriber.refresh_from_db()
        assert subscriber.phone


def test_the_name_goes_only_when_the_books_are_no_longer_kept(by: User) -> None:
    with pytest.raises(ValidationError):
        kept("names", BOOKS_DAYS - 1, by)
    kept("subscribers", 365, by)
    kept("names", BOOKS_DAYS, by)
    gone, old = former(), former(ended=date(2014, 1, 31))
    erase("subscribers", by)

    assert [certificate.count for certificate in erase("names", by)] == [1]

    gone.refresh_from_db()
    old.refresh_from_db()
    assert gone.name != ERASED_NAME
    assert old.name == ERASED_NAME
    assert not old.events.exclude(name=ERASED_NAME).exists()


def test_of_a_notice_the_text_goes_and_the_proof_stays(by: User) -> None:
    for code in ("subscribers", "notices"):
        kept(code, 365, by)
    gone = former()
    notice = send_notice(
        occasion="retention_notified",
        recipient=gone,
        about=gone,
        article=ArticleRef("line-info-api", "14"),
        facts={"api_id": "A1", "kept_days": 30, "effective_on": ENDED},
        at=factories.at(date(2025, 7, 1)) - timedelta(days=400),
    )
    factories.dispatched(notice, ENDED)
    assert erase("notices", by) == []
    erase("subscribers", by)

    assert [certificate.count for certificate in erase("notices", by)] == [1]

    notice.refresh_from_db()
    assert (notice.body, notice.address, notice.recipient_name, notice.facts) == ("", "", "", {})
    assert notice.dispatched_at is not None
    assert notice.evidence


def test_copies_of_papers_go_and_that_they_were_seen_stays(by: User) -> None:
    kept("papers", 30, by)
    request = Request.objects.create(
        kind=Request.Kind.NEW, terms_code="isp-access", subscriber=former(), form="written", details={}
    )
    Request.objects.filter(pk=request.pk).update(state=Request.State.CARRIED_OUT)
    paper = Evidence.objects.create(
        request=request, title="住民票", file_name="山田.pdf", content=b"x", seen_on=ENDED, recorded_by=by
    )

    assert [certificate.count for certificate in erase("papers", by)] == [1]

    paper.refresh_from_db()
    assert (paper.content, paper.file_name, paper.seen_on, paper.title) == (None, "", ENDED, "住民票")
