"""Content is dealt with where the document provides for it."""

from datetime import timedelta
from typing import Any

import pytest

from contracts.models import ContentMeasure, Violation
from contracts.services.take_content_measure import announce_content_measure, take_content_measure
from notices.models import Notice
from tests import factories
from tests.contracts.breaches import DAY, NOW, breach
from workflow.errors import Refused

pytestmark = pytest.mark.django_db


@pytest.mark.article("business-network", "16")
@pytest.mark.article("business-network", "18")
@pytest.mark.parametrize("kind", ["delete", "hide"])
def test_content_is_deleted_or_hidden_without_notice_and_its_ground_recorded(kind):
    violation = breach("business-network", "defamation_discrimination")
    by = factories.staff()
    measure = take_content_measure(
        violation=violation, by=by, at=NOW, kind=kind, content="掲示板の記事第12号", reason="名誉の毀損"
    )
    assert (measure.article, measure.taken_by, measure.notice) == ("business-network 18", by, None)
    assert violation.state == Violation.State.ACTED_ON
    assert not Notice.objects.exists()


@pytest.mark.article("hikari-line", "5")
def test_sending_of_content_is_stopped_only_after_notice_unless_urgent():
    violation = breach("hikari-line", "public_order")
    facts: dict[str, Any] = {"violation": violation, "by": factories.staff(), "at": NOW, "kind": "stop_sending",
                             "content": "サーバの符号", "reason": "著作権の侵害"}  # fmt: skip
    with pytest.raises(Refused) as refused:
        take_content_measure(**facts)
    assert refused.value.refusal.code == "no_notice"
    assert not ContentMeasure.objects.exists()
    assert take_content_measure(**facts, urgent=True).urgent
    notice = announce_content_measure(**facts, planned_on=DAY + timedelta(days=3))
    factories.dispatched(notice, DAY)
    later = facts | {"at": NOW + timedelta(days=3)}
    assert take_content_measure(**later).notice == notice


@pytest.mark.parametrize(
    ("terms_code", "duty", "kind"),
    [("isp-access", "no_unlawful_use", "delete"), ("business-network", "export_licence", "delete"),
     ("business-network", "stalking", "stop_sending")],
)  # fmt: skip
def test_a_measure_that_the_document_does_not_provide_for_is_refused(terms_code, duty, kind):
    with pytest.raises(Refused) as refused:
        take_content_measure(
            violation=breach(terms_code, duty), by=factories.staff(), at=NOW, kind=kind, content="記事", reason="違反"
        )  # fmt: skip
    assert refused.value.refusal.code == "no_content_measure"
    assert not ContentMeasure.objects.exists()
