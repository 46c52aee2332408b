"""What the documents list comes up in the life of the operator, each of it."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from config.demonstration.exercised import not_exercised
from contracts.models import Request
from terms.registry import pack_for

# A transaction of its own for every action, as in life: notices are not sent from inside another one.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def operator(smtp):
    """The operator's documents, catalogue and tariffs, without any subscriber."""
    for command in ("load_terms", "load_roles", "load_catalogue", "load_target_services", "load_tariffs"):
        call_command(command, stdout=StringIO())


RARE = 25
"""In so short a life, of some four hundred names: what needs months of debts, or several API contracts."""


def test_nearly_all_that_the_documents_list_comes_up_within_months(operator):
    out = StringIO()
    call_command("operate", first="2025-07", months=7, subscribers=60, seed=3, stdout=out)
    missing = not_exercised(date(2026, 2, 1))
    assert len(missing) <= RARE, "\n".join(missing)
    assert f"Not exercised: {len(missing)}" in out.getvalue()
    kinds = [name for name in missing if name.startswith("request carried out")]
    assert not kinds, "\n".join(kinds)


def test_what_never_came_up_is_named(operator):
    missing = not_exercised(date(2025, 8, 1))
    for kind in (Request.Kind.NEW, Request.Kind.PROVIDER_CHANGE):
        assert f"request carried out: hikari-line {kind}" in missing
    ground = pack_for("isp-access", date(2025, 8, 1)).suspension.grounds[0]
    assert f"suspension enforced: {ground.article} {ground.code}" in missing
