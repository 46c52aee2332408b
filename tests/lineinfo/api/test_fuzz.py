"""Whatever a client sends, the answer is one that the OpenAPI document describes, and never an error of ours."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from django.conf import LazySettings
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from pytest_django.live_server_helper import LiveServer
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from contracts.models import Outage, Product
from lineinfo.models import ApiCall
from lineinfo.services.issue_system_credential import issue_system_credential
from lineinfo.services.record_measurements import record_measurements
from tests.lineinfo.conftest import customer
from workflow.models import User

EXAMPLES = 10  # of each kind for each call
SETTINGS = settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@schemathesis.serializer("text/csv", "application/x-ndjson")
def as_text(ctx: Any, value: Any) -> Any:
    """A body that is no JSON, such as deliveries have."""
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "replace")


@pytest.mark.usefixtures("whole_days")
@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_every_answer_is_one_that_the_document_describes(
    live_server: LiveServer,
    target: Product,
    by: User,
    settings: LazySettings,
    tmp_path: Path,
    mode: GenerationMode,
) -> None:
    settings.LINE_RECORDS_FOLDER = tmp_path
    settings.LINEINFO_CALLS_PER_MINUTE = 100_000
    now = timezone.localtime()
    ours, theirs = customer(target, by, at=now), customer(target, by, at=now)
    for one in (ours, theirs):
        record_measurements(
            [{"line_id": one.lines[0].pk, "at": now, "bytes_down": 1, "bytes_up": 1, "connected_seconds": 1}]
        )
        Outage.objects.create(line=one.lines[0], down=now, known=now)
    system = issue_system_credential(system="nms", by=by, at=now, expires_at=now + timedelta(days=1)).token
    foreign = (theirs.lines[0].number, theirs.contracts[0].number, theirs.api.api_id)
    document = schemathesis.openapi.from_url(f"{live_server.url}/api/schema/?format=json")
    answered = 0

    for found in document.get_all_operations():
        operation = found.ok()
        fixed = {"number": ours.lines[0].number} if "{number}" in operation.path else None

        @SETTINGS
        @given(case=operation.as_strategy(mode, path_parameters=fixed))
        def call(case: schemathesis.Case) -> None:
            nonlocal answered
            token = system if "/deliveries" in case.path else ours.token
            answer = case.call(headers={"Authorization": f"Bearer {token}"})
            # Parameters that are right one by one can be wrong together, such as an end before its start.
            case.validate_response(answer, excluded_checks=[positive_data_acceptance])
            assert not any(one in answer.text for one in foreign)
            answered += answer.status_code == 200

        call()

    assert ApiCall.objects.filter(status__gte=500).count() == 0
    assert answered > EXAMPLES
