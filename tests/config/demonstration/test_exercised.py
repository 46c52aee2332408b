"""What the documents list and the operator’s life did not bring is named."""

from datetime import date

from config.demonstration.exercised import exercised
from contracts.models import Request
from terms.registry import pack_for


def test_what_never_came_up_is_named(db):
    missing = {f"{found.title}: {name}" for found in exercised(date(2025, 8, 1)) for name in found.missing}
    for kind in (Request.Kind.NEW, Request.Kind.PROVIDER_CHANGE):
        assert f"request carried out: hikari-line {kind}" in missing
    ground = pack_for("isp-access", date(2025, 8, 1)).suspension.grounds[0]
    assert f"suspension enforced: {ground.article} {ground.code}" in missing
