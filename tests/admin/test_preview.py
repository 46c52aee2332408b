"""What a button would do can be read beforehand, word for word, and nothing of it stays."""

from datetime import timedelta

import pytest
from django.db import connection

from contracts.models import Contract, Interruption, Suspension, Work
from notices.models import Notice, Posting
from tests import factories
from tests.admin.pressing import press, text
from tests.admin.world import NOW, TERMS, TODAY, serious
from workflow.models import StateChange
from workflow.staff.preview import preview

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_the_notice_is_shown_word_for_word_and_nothing_is_written(with_role, contract: Contract):
    response = press(
        with_role("network"), contract, "plan-work", kind="item_change", planned_at=NOW, _preview="1"
    )
    assert response.status_code == 200
    shown = text(response.content.decode())
    assert contract.subscriber.email in shown
    assert "工事" in shown
    assert "2025年10月1日" in shown
    assert not Work.objects.exists()
    assert not Notice.objects.exists()
    # The form keeps what was filled in, ready to be sent.
    assert response.context["form"]["planned_at"].value() == NOW.strftime("%Y-%m-%dT%H:%M")


def test_changes_of_state_are_shown_with_their_article(root, contract: Contract):
    contract.refresh_from_db()
    suspension = Suspension.objects.create(
        contract=contract, ground="x", article=f"{TERMS} 34-1(3)", reason="違反", starts_on=TODAY + timedelta(days=9),
        through=TODAY + timedelta(days=30), state="approved",
    )  # fmt: skip
    response = press(root, suspension, "tell", _preview="1")
    assert "34-1(3)" in text(response.content.decode())
    assert [panel.title for panel in response.context["preview"]] == ["状態の変更", "送付される通知"]
    # What is shown of the object itself is how it stands, not how it would stand.
    assert "承認" in text(str(response.context["facts"][0][1]))
    suspension.refresh_from_db()
    assert suspension.state == Suspension.State.APPROVED
    assert not StateChange.objects.exists()
    assert not Notice.objects.exists()


def test_a_preview_of_what_is_refused_shows_the_refusal(with_role):
    contract = factories.contract("isp-access")
    response = press(
        with_role("credit_control"), contract, "suspend",
        ground=serious(contract), reason="違反", starts_on=TODAY + timedelta(days=9), through=TODAY + timedelta(days=400),
        _preview="1",
    )  # fmt: skip
    assert "isp-access 23" in text(str(response.context["form"].errors))
    assert response.context["preview"] is None


def test_a_preview_shows_nothing_that_was_there_before(with_role, contract: Contract):
    client = with_role("network")
    press(client, contract, "plan-work", kind="item_change", planned_at=NOW)
    work = Work.objects.get()
    response = press(client, work, "start", at=NOW, _preview="1")
    assert [len(panel.rows) for panel in response.context["preview"]] == [1]


def test_what_is_posted_is_shown_too(with_role, contract: Contract):
    ground = contract.pack(TODAY).interruption.grounds[0].code
    response = press(
        with_role("network"), Interruption, f"announce-{TERMS}",
        title="保守工事のお知らせ", ground=ground, starts_at=NOW + timedelta(days=3), ends_at=NOW + timedelta(days=3, hours=1),
        numbers=contract.line.number, _preview="1",
    )  # fmt: skip
    assert "保守工事のお知らせ" in text(response.content.decode())
    assert not Posting.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_what_others_write_meanwhile_is_not_shown(roles: None):
    def act() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SHOW transaction_isolation")
            assert cursor.fetchone() == ("repeatable read",)

    assert preview(act) == []


def test_what_acts_offers_to_show_first_and_a_question_does_not(root, contract: Contract):
    page = f"/staff/contracts/contract/{contract.pk}/do/"
    assert 'name="_preview"' in root.get(f"{page}plan-work/").content.decode()
    question = root.get(f"{page}forecast/")
    assert (question.status_code, 'name="_preview"' in question.content.decode()) == (200, False)
