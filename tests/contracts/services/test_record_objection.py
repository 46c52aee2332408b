"""An objection to a new version of the terms."""

from datetime import date
from typing import Any

import pytest

from contracts.models import Ending, TermsVersion
from contracts.services.carry_out_day import carry_out_day
from contracts.services.record_objection import record_objection
from tests import factories
from workflow.errors import Refused

pytestmark = pytest.mark.django_db


def version(terms_code: str, effective: date) -> Any:
    """A published version; here the one in force stands in for a new one."""
    factories.publish_all()
    return TermsVersion.objects.get(terms_code=terms_code, effective=effective)


@pytest.mark.article("isp-access", "2")
def test_a_written_objection_in_time_ends_the_contract_on_the_effective_day():
    terms = version("isp-access", date(2022, 7, 1))
    contract = factories.contract(start=date(2022, 7, 1))
    ending = record_objection(
        contract=contract,
        version=terms,
        by=factories.staff(),
        received_at=factories.at(date(2022, 7, 1), 23, 59),
        form="written",
    )
    assert (ending.by, ending.ends_on, ending.article) == ("automatic", date(2022, 7, 1), "isp-access 2")
    assert carry_out_day(on=date(2022, 7, 2))["contracts ended"] == 1


@pytest.mark.article("isp-access", "2")
@pytest.mark.parametrize(
    ("received", "form", "code"),
    [
        (factories.at(date(2022, 7, 2), 0), "written", "objection_too_late"),
        (factories.at(date(2022, 7, 1)), "web", "wrong_form"),
    ],
)
def test_a_late_or_unwritten_objection_has_no_effect(received, form, code):
    terms = version("isp-access", date(2022, 7, 1))
    contract = factories.contract(start=date(2022, 7, 1))
    with pytest.raises(Refused) as refused:
        record_objection(
            contract=contract, version=terms, by=factories.staff(), received_at=received, form=form
        )
    assert refused.value.refusal.code == code
    assert not Ending.objects.exists()


@pytest.mark.article("hikari-line", "2")
@pytest.mark.article("hikari-phone", "3")
@pytest.mark.article("business-network", "4")
@pytest.mark.parametrize(
    ("terms_code", "effective"),
    [
        ("hikari-line", date(2024, 3, 1)),
        ("hikari-phone", date(2024, 4, 1)),
        ("business-network", date(2023, 9, 10)),
    ],
)
def test_elsewhere_an_objection_ends_nothing(terms_code, effective):
    terms = version(terms_code, effective)
    contract = factories.contract(terms_code, start=effective)
    with pytest.raises(Refused) as refused:
        record_objection(
            contract=contract,
            version=terms,
            by=factories.staff(),
            received_at=factories.at(effective),
            form="written",
        )
    assert refused.value.refusal.code == "no_objection"
