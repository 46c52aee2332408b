"""A new version of a document: published with what changes, told, objected to, read beside the old one."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from contracts.models import Contract, Ending, TermsVersion
from notices.models import Notice, Posting
from terms.pack import Pack
from terms.registry import BUILT_IN, pack_version, registry
from tests import factories
from tests.admin.pressing import ask, buttons, done, press
from tests.admin.world import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

COMING = date(2026, 4, 1)


@pytest.fixture
def coming(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], Pack]]:
    """``coming(code)`` puts a version of the document there that takes effect on COMING."""
    monkeypatch.setenv("TERMS_PACKS_DIR", str(tmp_path))

    def copy(code: str) -> Pack:
        source = sorted((BUILT_IN / code).glob("*.toml"))[-1]
        text = source.read_text(encoding="utf-8")
        path = tmp_path / code / f"{COMING.isoformat()}.toml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(
            text.replace(f"effective = {source.stem}", f"effective = {COMING.isoformat()}", 1),
            encoding="utf-8",
        )
        registry.cache_clear()
        return pack_version(code, COMING)

    yield copy
    monkeypatch.delenv("TERMS_PACKS_DIR")
    registry.cache_clear()


def test_a_version_is_published_told_and_objected_to(root, with_role, coming):
    contract = factories.contract("isp-access")
    pack = coming("isp-access")
    choice = f"isp-access {COMING}"
    assert done(
        press(
            root,
            TermsVersion,
            "publish",
            version=choice,
            changes="料金を改めます。\n\n期日を改めます。",
            without_waiting="",
        )
    )
    version = TermsVersion.objects.get(effective=COMING)
    assert "料金を改めます。" in Posting.objects.get().body
    assert buttons(root, version) == ["tell"]
    assert str(pack.terms_notice.article) in ask(root, version, "tell").content.decode()
    assert done(press(root, version, "tell", changes="料金を改めます。"))
    assert Notice.objects.filter(occasion="terms_changed").count() == 1
    client = with_role("reception")
    data = {"version": version.pk, "received_at": NOW - timedelta(minutes=5)}
    refused = press(client, contract, "objection", form="phone", **data)
    assert "isp-access 2" in str(refused.context["form"].errors)
    assert done(press(client, contract, "objection", form="written", **data))
    contract.refresh_from_db()
    assert (contract.state, Ending.objects.get().ends_on) == (Contract.State.ENDING, COMING)


def test_without_a_coming_version_there_is_nothing_to_object_to(with_role):
    assert "objection" not in buttons(with_role("reception"), factories.contract("isp-access"))


def test_both_versions_are_read_side_by_side(root, coming):
    coming("isp-access")
    page = root.get("/staff/articles/isp-access/34/")
    assert [version["effective"] for version in page.context["versions"]] == [COMING, date(2022, 7, 1)]
    assert [version["in_force"] for version in page.context["versions"]] == [False, True]
    assert root.get(f"/staff/articles/isp-access/34/?version={COMING}").context["pack"].effective == COMING
