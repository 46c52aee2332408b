"""A new version of a document: published with what changes, told, objected to, read beside the old one."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from contracts.models import Contract, Ending, TermsVersion
from contracts.services.move_to_new_terms import move_to_new_terms
from notices.models import Notice, Posting
from terms.pack import Pack
from terms.registry import BUILT_IN, pack_version, registry
from tests import factories
from tests.admin.pressing import ask, buttons, done, errors, press
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


def test_one_agrees_on_the_page_of_the_contract_to_a_version_that_does_not_bind_it(
    root, with_role, coming, clock
):
    contract = factories.contract("business-network")
    coming("business-network")
    clock.move_to(factories.at(COMING - timedelta(days=5)))
    publishing = {"version": f"business-network {COMING}", "changes": "料金を改めます。"}
    assert "business-network 4" in errors(press(root, TermsVersion, "publish", **publishing), "version")
    assert not TermsVersion.objects.filter(effective=COMING).exists()
    assert done(press(root, TermsVersion, "publish", **publishing, for_who_agrees="on"))
    clock.move_to(factories.at(COMING))
    move_to_new_terms(on=COMING)
    client = with_role("reception")
    assert "agree-to-terms" in buttons(client, contract)
    words = {"reason": "同意書 第1号"}
    assert "business-network 4" in errors(
        press(client, contract, "agree-to-terms", form="phone", **words), "form"
    )
    assert done(press(client, contract, "agree-to-terms", form="written", **words))
    assert Contract.objects.get(pk=contract.pk).pack(COMING).effective == COMING
    assert "agree-to-terms" not in buttons(client, contract)
