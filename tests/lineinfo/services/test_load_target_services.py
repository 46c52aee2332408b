from datetime import date
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from contracts.models import Product
from lineinfo.models import TargetService
from lineinfo.services.load_target_services import load_target_services
from tests import factories

pytestmark = pytest.mark.django_db


def test_every_base_product_of_the_covered_documents_becomes_a_target_once() -> None:
    base, other = factories.product("hikari-line"), factories.product("isp-access")
    option = factories.product("hikari-line", kind=Product.Kind.OPTION)

    assert load_target_services() == 1
    assert load_target_services() == 0

    [made] = TargetService.objects.all()
    assert (made.terms_code, made.product, made.since) == ("line-info-api", base, date(2025, 7, 1))
    assert made.product not in (other, option)


def test_a_last_day_that_staff_set_is_kept() -> None:
    factories.product("hikari-line")
    load_target_services()
    TargetService.objects.update(until=date(2026, 3, 31))

    assert load_target_services() == 0
    assert TargetService.objects.get().until == date(2026, 3, 31)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('[[targets]]\napi = "line-info-api"\nsince = 2025-07-01', "covers"),
        ('[[targets]]\napi = "nobody"\ncovers = []\nsince = 2025-07-01', "nobody"),
        ('[[targets]]\napi = "line-info-api"\ncovers = ["nowhere"]\nsince = 2025-07-01', "nowhere"),
        ('[[targets]]\napi = "line-info-api"\ncovers = []\nsince = "soon"', "since"),
        ('[[targets]]\napi = "line-info-api"\ncovers = []\nsince = 2025-07-01\nfoo = 1', "foo"),
        ("[[targets", "targets.toml"),
    ],
)
def test_a_wrong_file_is_named_with_the_key(tmp_path: Path, text: str, named: str) -> None:
    path = tmp_path / "targets.toml"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(ValidationError, match=named):
        load_target_services(path=path)
    with pytest.raises(CommandError, match=named):
        call_command("load_target_services", path)
