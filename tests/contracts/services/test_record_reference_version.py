"""Other documents that apply beside ours, in the version of the day."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from contracts.models import ReferenceVersion
from contracts.references import applying
from contracts.services.record_reference_version import record_reference_version
from terms.pack import Pack
from terms.registry import registry
from tests import factories

pytestmark = pytest.mark.django_db


def record(pack: Pack, effective: date, reference: str, **fields: str) -> ReferenceVersion:
    values = {"title": f"第{effective.year}版", "kept_at": "文書庫 7"} | fields
    return record_reference_version(
        pack=pack, reference=reference, effective=effective, by=factories.staff(), **values
    )


@pytest.mark.parametrize(
    ("terms_code", "reference", "ranks", "article"),
    [
        pytest.param(
            "hikari-phone", "wholesale_terms", "below", "hikari-phone 2", marks=pytest.mark.article("hikari-phone", "2")
        ),
        pytest.param("hikari-line", "main_terms", "beside", "hikari-line 1", marks=pytest.mark.article("hikari-line", "1")),
        pytest.param("line-info-api", "lan_terms", "below", "line-info-api 1-3", marks=pytest.mark.article("line-info-api", "1")),
    ],
)  # fmt: skip
def test_what_applies_besides_is_the_version_in_force_on_the_day(
    terms_code, reference, ranks, article, client
):
    pack = registry().latest(terms_code)
    old, new = (record(pack, date(year, 4, 1), reference) for year in (2024, 2026))
    for day, version in ((date(2024, 3, 31), None), (date(2026, 3, 31), old), (date(2026, 4, 1), new)):
        (found,) = applying(pack, day)
        assert (found.reference.ranks, str(found.reference.article), found.version) == (
            ranks,
            article,
            version,
        )
    page = client.get(f"/terms/{terms_code}/?on=2026-05-01").content.decode()
    assert pack.references[0].label in page
    assert "第2026版" in page


def test_a_document_to_which_ours_does_not_refer_and_a_second_version_of_a_day_are_refused():
    pack = registry().latest("hikari-phone")
    record(pack, date(2024, 4, 1), "wholesale_terms")
    with pytest.raises(ValidationError) as error:
        record(pack, date(2025, 4, 1), "main_terms")
    assert "reference" in error.value.message_dict
    with pytest.raises(ValidationError):
        record(pack, date(2024, 4, 1), "wholesale_terms")
    with pytest.raises(ValidationError) as error:
        record(pack, date(2025, 4, 1), "wholesale_terms", kept_at=" ")
    assert "kept_at" in error.value.message_dict
    assert ReferenceVersion.objects.count() == 1
