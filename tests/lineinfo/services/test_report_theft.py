import pytest

from lineinfo.models import Credential, CredentialIncident
from lineinfo.selectors import incidents_of
from lineinfo.services.instruct_incident import instruct_incident
from lineinfo.services.report_theft import report_theft
from lineinfo.services.revoke_credential import revoke_credential
from notices.selectors import notices_about
from tests.lineinfo.conftest import API, NOW, Customer
from workflow.errors import WrongState
from workflow.models import User
from workflow.selectors import state_changes_of


@pytest.mark.article(API, "8")
def test_a_report_of_theft_blocks_first_and_is_on_record(ours: Customer, by: User) -> None:
    incident = report_theft(credential=ours.credential, by=by, at=NOW, happened="端末を紛失した")

    ours.credential.refresh_from_db()
    assert ours.credential.state == Credential.State.REVOKED
    assert (incident.reported_at, incident.reported_by, incident.happened) == (NOW, by, "端末を紛失した")
    assert incident.article == f"{API} 8-3"
    last = state_changes_of(ours.credential).last()
    assert last is not None
    assert (last.transition, last.article) == ("revoke", f"{API} 8-3")
    [notice] = notices_about(incident)
    assert ours.credential.prefix in notice.body
    assert ours.token not in notice.body


@pytest.mark.article(API, "8")
def test_the_operators_instruction_is_recorded_and_told(ours: Customer, by: User) -> None:
    incident = report_theft(credential=ours.credential, by=by, at=NOW, happened="漏洩")

    told = instruct_incident(incident=incident, by=by, at=NOW, instruction="全端末の鍵を交換してください。")

    assert (told.instruction, told.instructed_at, told.instructed_by) == (
        "全端末の鍵を交換してください。",
        NOW,
        by,
    )
    assert "全端末の鍵を交換してください。" in notices_about(incident).latest("id").body
    for instruction in ("もう一度", " "):
        with pytest.raises(WrongState):
            instruct_incident(incident=incident, by=by, at=NOW, instruction=instruction)


def test_the_theft_of_a_stopped_credential_is_recorded_all_the_same(ours: Customer, by: User) -> None:
    revoke_credential(credential=ours.credential, by=by, at=NOW)

    report_theft(credential=ours.credential, by=by, at=NOW, happened="退職者が持ち出していた")

    assert incidents_of(ours.api).count() == CredentialIncident.objects.count() == 1
