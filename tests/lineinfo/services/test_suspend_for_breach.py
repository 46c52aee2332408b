"""A breach is sanctioned on the ground that names its duty."""

import pytest

from lineinfo.models import ApiBreach
from tests.lineinfo.breaches import breach, suspend
from tests.lineinfo.conftest import API, Customer
from workflow.errors import Refused
from workflow.models import User


@pytest.mark.article(API, "17")
@pytest.mark.parametrize(
    ("duty", "ground", "allowed"),
    [
        ("disclosure", "breach_of_duties", True),
        ("disclosure", "other_serious", False),
        ("credential_care", "other_serious", True),
        ("credential_care", "breach_of_duties", False),
        ("materials_alteration", "other_serious", True),
        ("disclosure", "false_statement", False),
    ],
)
def test_only_the_ground_that_names_the_duty_sanctions_its_breach(
    ours: Customer, by: User, duty: str, ground: str, allowed: bool
) -> None:
    found = breach(ours, by, duty=duty)

    if allowed:
        assert suspend(found, by, ground=ground).ground == ground
    else:
        with pytest.raises(Refused):
            suspend(found, by, ground=ground)
        found.refresh_from_db()
        assert found.state == ApiBreach.State.OPEN
