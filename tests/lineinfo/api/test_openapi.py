from typing import Any

import jsonschema
import pytest
from django.core.management import call_command
from django.test import Client
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.validation import validate_schema
from playwright.sync_api import Page

from contracts.models import Interruption, Outage, Work
from lineinfo.services.issue_credential import issue_credential
from lineinfo.services.record_measurements import record_measurements
from lineinfo.services.record_status import record_status
from tests.lineinfo.conftest import NOW, TARGET, Customer
from workflow.models import User


def document(language: str = "ja") -> dict[str, Any]:
    found: dict[str, Any] = Client().get(f"/api/schema/?format=json&lang={language}").json()
    return found


def operations(paths: dict[str, Any]) -> list[dict[str, Any]]:
    return [operation for path in paths.values() for operation in path.values()]


@pytest.mark.django_db
def test_the_document_is_valid_openapi_3_1_and_made_without_a_warning() -> None:
    with GENERATOR_STATS.silence():
        found = document()

    assert found["openapi"] == "3.1.1"
    validate_schema(found)
    assert not GENERATOR_STATS._warn_cache
    assert not GENERATOR_STATS._error_cache


@pytest.mark.django_db
def test_the_command_that_checks_the_document_has_nothing_to_say(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("spectacular", "--validate", "--fail-on-warn")


@pytest.mark.django_db
def test_the_document_describes_every_address_with_examples_and_refusals() -> None:
    paths = document()["paths"]

    assert sorted(paths) == [
        "/api/v1/calls",
        "/api/v1/deliveries",
        "/api/v1/deliveries/{delivery}",
        "/api/v1/incidents",
        "/api/v1/lines",
        "/api/v1/lines/{number}",
        "/api/v1/lines/{number}/gaps",
        "/api/v1/lines/{number}/interruptions",
        "/api/v1/lines/{number}/measurements",
        "/api/v1/lines/{number}/outages",
        "/api/v1/lines/{number}/status",
        "/api/v1/lines/{number}/works",
        "/api/v1/usage",
    ]
    for operation in operations(paths):
        # No contract is there that could be closed to a system of the operator's own.
        system = operation["tags"] == ["deliveries"]
        assert operation["security"] == [{"system" if system else "credential": []}]
        done = "201" if "requestBody" in operation else "200"
        assert operation["responses"][done]["content"]["application/json"]["examples"]
        for status in ("401", "404", "429") if system else ("401", "403", "429", "503"):
            assert operation["responses"][status]["content"]["application/problem+json"]["examples"]


@pytest.mark.django_db
def test_the_examples_fit_the_document() -> None:
    found = document()
    count = 0
    for operation in operations(found["paths"]):
        for response in [*operation["responses"].values(), operation.get("requestBody", {})]:
            for content in response.get("content", {}).values():
                for example in content["examples"].values():
                    _check(found, content["schema"], example["value"])
                    count += 1
    assert count > 60


def test_the_answers_fit_the_document(ours: Customer, by: User, clock: object) -> None:
    line, contract = ours.lines[0], ours.contracts[0]
    record_status(line=line, state="down", as_of=NOW)
    for at in (NOW.replace(hour=1), NOW.replace(hour=5)):
        record_measurements(
            [
                {
                    "line_id": line.pk,
                    "at": at,
                    "bytes_down": 1,
                    "bytes_up": 1,
                    "connected_seconds": 1,
                    "optical_dbm": -20,
                }
            ]
        )
    Outage.objects.create(line=line, down=NOW, known=NOW)
    Work.objects.create(contract=contract, kind="repair", planned_at=NOW)
    Interruption.objects.create(
        terms_code=TARGET, title="保守", ground="m", article="-", starts_at=NOW, ends_at=NOW.replace(hour=23)
    ).lines.add(line)
    found = document()
    ours.client.get("/api/v1/lines")
    lost = issue_credential(api_user=ours.user, by=by, at=NOW).credential
    report = {"credential": lost.prefix, "happened": "紛失"}
    answer = ours.client.post("/api/v1/incidents", report, format="json", headers={"Idempotency-Key": "k"})
    _check(found, {"$ref": "#/components/schemas/IncidentShape"}, answer.json())

    for template, path in found["paths"].items():
        if "deliveries" in template:  # for systems: tests/lineinfo/api/test_deliveries.py
            continue
        answer = ours.client.get(template.replace("{number}", line.number))
        assert answer.status_code == 200
        body = answer.json()
        assert body.get("items") != []
        _check(found, path["get"]["responses"]["200"]["content"]["application/json"]["schema"], body)
        refusal = ours.client.get(template.replace("{number}", line.number) + "?nonsense=1")
        _check(
            found,
            {"$ref": "#/components/schemas/ProblemShape"},
            refusal.json() if refusal.status_code != 200 else _GOOD,
        )


_GOOD = {
    "type": "-",
    "title": "-",
    "status": 400,
    "code": "invalid",
    "detail": "-",
    "instance": "-",
    "request_id": "-",
}


@pytest.mark.django_db
def test_the_document_speaks_the_reader_s_language() -> None:
    japanese, english = document("ja"), document("en")

    assert english["info"]["title"] == "Line information API"
    assert japanese["info"]["title"] == "回線情報API"
    assert english["paths"]["/api/v1/usage"]["get"]["summary"] == "Your use"
    assert japanese["paths"]["/api/v1/usage"]["get"]["summary"] != "Your use"


@pytest.mark.django_db
def test_the_page_loads_nothing_from_elsewhere() -> None:
    answer = Client().get("/api/docs/")

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "/static/drf_spectacular_sidecar/" in page
    assert "//" not in page.replace("http://testserver", "").replace("// ", "").split("<body>")[0]
    policy = answer["Content-Security-Policy"]
    assert "default-src 'self'" in policy


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_page_shows_the_calls_in_a_browser(page: Page) -> None:
    page.goto("/api/docs/")

    page.get_by_text("/api/v1/lines/{number}/status").wait_for()


def _check(found: dict[str, Any], schema: dict[str, Any], value: Any) -> None:
    """``value`` against ``schema``; a member that the schema does not know is an error, too."""
    resolved = {**schema, "components": found["components"]}
    jsonschema.Draft202012Validator(resolved, format_checker=jsonschema.FormatChecker()).validate(value)
    reference = schema.get("$ref", "").rpartition("/")[2]
    if reference:
        assert set(value) <= set(found["components"]["schemas"][reference]["properties"]), reference
