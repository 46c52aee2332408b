"""One way in: lock, check, move, save, write down."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Permission
from django.db import DatabaseError, transaction

from notices.models import Notice
from terms.article import ArticleRef
from tests.workflow.conftest import AT, ON, at_once, machine, person
from workflow.errors import NotPermitted, WrongState
from workflow.models import StateChange, User
from workflow.selectors import clock_user, state_changes_of
from workflow.services.perform import perform

ARTICLE = ArticleRef("isp-access", "12")


def test_a_transition_moves_the_state_and_writes_down_who_when_why_and_on_which_article(notice, clerk):
    change = perform(
        notice, "dispatch", by=clerk, on=ON, reason="asked", article=ARTICLE, at=AT, evidence={"a": 1}
    )

    assert Notice.objects.get(pk=notice.pk).state == "dispatched"
    assert list(state_changes_of(notice)) == [change]
    assert (change.transition, change.source, change.target) == ("dispatch", "queued", "dispatched")
    assert (change.on, change.by, change.reason, change.article) == (ON, clerk, "asked", "isp-access 12")


def test_date_reason_and_article_go_on_to_a_transition_that_asks_for_them(notice, clerk):
    perform(notice, "fail", by=clerk, on=ON, reason="no such address")

    assert Notice.objects.get(pk=notice.pk).failure == "no such address"


def test_what_was_set_on_the_object_before_is_read_anew(notice, clerk):
    notice.subject = "something else"
    perform(notice, "fail", by=clerk, on=ON, reason="no such address")

    assert Notice.objects.get(pk=notice.pk).subject == notice.subject == "title"


def test_a_transition_from_the_wrong_state_is_refused_and_changes_nothing(notice, clerk):
    with pytest.raises(WrongState, match=notice.subject):
        perform(notice, "receive", by=clerk, on=ON, at=AT)

    assert Notice.objects.get(pk=notice.pk).state == "queued"
    assert not StateChange.objects.exists()


def test_a_transition_that_needs_a_permission_is_refused_to_who_has_it_not(notice, clerk):
    perform(notice, "fail", by=clerk, on=ON, reason="no such address")

    with pytest.raises(NotPermitted, match="clerk"):
        perform(notice, "requeue", by=clerk, on=ON, channel="email", address="new@example.jp")
    assert Notice.objects.get(pk=notice.pk).state == "failed"

    clerk.user_permissions.add(Permission.objects.get(codename="change_notice"))
    perform(
        notice, "requeue", by=User.objects.get(pk=clerk.pk), on=ON, channel="email", address="new@example.jp"
    )
    assert Notice.objects.get(pk=notice.pk).state == "queued"


def test_the_clock_needs_no_permission(notice):
    perform(notice, "fail", by=clock_user(), on=ON, reason="no such address")
    perform(notice, "requeue", by=clock_user(), on=ON, channel="email", address="new@example.jp")

    assert Notice.objects.get(pk=notice.pk).state == "queued"


def test_who_is_no_longer_active_moves_nothing(notice, db):
    gone = person("gone", is_active=False, is_superuser=True)

    with pytest.raises(NotPermitted):
        perform(notice, "fail", by=gone, on=ON, reason="no such address")
    assert not StateChange.objects.exists()


def test_a_transition_that_fails_leaves_neither_state_nor_record(notice, clerk):
    with pytest.raises(TypeError):
        perform(notice, "dispatch", by=clerk, on=ON)

    assert Notice.objects.get(pk=notice.pk).state == "queued"
    assert not StateChange.objects.exists()


def test_the_state_cannot_be_set_by_hand(notice):
    with pytest.raises(AttributeError, match="not allowed"):
        notice.state = "dispatched"


@pytest.mark.parametrize(
    "tamper", [lambda changes: changes.update(reason="another"), lambda changes: changes.delete()]
)
def test_state_changes_are_append_only(notice, clerk, tamper: Callable):
    perform(notice, "fail", by=clerk, on=ON, reason="no such address")

    with pytest.raises(DatabaseError, match=r"Cannot (update|delete)"), transaction.atomic():
        tamper(StateChange.objects.all())
    assert StateChange.objects.get().reason == "no such address"


@pytest.mark.django_db(transaction=True)
def test_two_threads_cannot_run_the_same_transition_twice():
    notice, clerk = machine(), person("clerk")

    def dispatch() -> str:
        return perform(
            Notice.objects.get(pk=notice.pk), "dispatch", by=clerk, on=ON, at=AT, evidence={}
        ).target

    assert at_once(notice, dispatch, dispatch) == ["WrongState", "dispatched"]
    assert StateChange.objects.count() == 1
