"""Every address of version 1 that names a line, walked with the line of another contractor."""

import pytest
from django.urls import URLPattern

from lineinfo.api.urls import urlpatterns
from lineinfo.services.record_status import record_status
from tests import factories
from tests.lineinfo.conftest import API, NOW, TARGET, Customer

OF_A_LINE = [
    str(one.pattern)
    for one in urlpatterns
    if isinstance(one, URLPattern) and "<line_number:" in str(one.pattern)
]
pytestmark = pytest.mark.usefixtures("clock")


def test_there_are_addresses_to_walk() -> None:
    assert len(OF_A_LINE) == 7


@pytest.mark.article(API, "4")
@pytest.mark.parametrize("pattern", OF_A_LINE)
def test_the_line_of_another_is_answered_like_one_that_does_not_exist(
    ours: Customer, theirs: Customer, pattern: str
) -> None:
    line = theirs.lines[0]
    record_status(line=line, state="up", as_of=NOW)
    unused = factories.line(TARGET)

    def ask(number: str) -> tuple[int, dict[str, object]]:
        answer = ours.client.get("/api/" + pattern.replace("<line_number:number>", number))
        body = answer.json()
        # What differs in any two answers.
        for member in ("instance", "request_id"):
            body.pop(member, None)
        return answer.status_code, body

    assert ask(ours.lines[0].number)[0] == 200
    for number in (line.number, line.number.lower(), str(line.pk), unused.number, theirs.contracts[0].number):
        assert ask(number) == ask("L99999999")
        assert ask(number)[0] == 404
