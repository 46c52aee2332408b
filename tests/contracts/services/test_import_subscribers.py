"""Subscribers and running contracts from a CSV file: all rows or none."""

from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from contracts.importing.read_file import ImportRefused
from contracts.models import Contract, Line, Product, Subscriber
from contracts.services.import_subscribers import import_subscribers
from contracts.services.publish_terms import publish_terms
from terms.registry import codes, versions
from workflow.selectors import clock_user, state_changes_of

ON = date(2025, 4, 1)
HEADINGS = (
    "顧客キー,種別,氏名,フリガナ,法人番号,担当者,郵便番号,都道府県,市区町村,町名番地,建物名,"
    "メールアドレス,電話番号,通知方法,商品コード,利用開始日"
)
PERSON = "A1,個人,山田 太郎,ヤマダ タロウ,,,420-0851,静岡県,静岡市葵区,黒金町1-1,,taro@example.jp,054-012-3456,メール,net,2024-10-01"
FIRM = (
    "B1,法人,株式会社青葉製作所,カブシキガイシャアオバセイサクショ,7010705000725,鈴木 花,105-0011,東京都,港区,芝公園1-1,本社ビル,"
    "aoba@example.jp,03-0123-4567,メール,phone,2024/11/15"
)


@pytest.fixture(autouse=True)
def catalogue(db):
    """One product for everybody and one for corporations alone, under published terms."""
    for code in codes():
        for pack in versions(code):
            publish_terms(pack=pack, by=clock_user(), at=timezone.now())
    Product.objects.create(code="net", terms_code="isp-access", name="光コース", term_months=24)
    Product.objects.create(code="phone", terms_code="hikari-phone", name="光電話")


def take(*lines: str, encoding: str = "utf-8"):
    data = "\r\n".join([HEADINGS, *lines]).encode(encoding)
    return import_subscribers(data=data, by=clock_user(), on=ON)


def problems(*lines: str) -> list[str]:
    with pytest.raises(ImportRefused) as refused:
        take(*lines)
    assert not any(model.objects.exists() for model in (Subscriber, Line, Contract))
    return [f"{problem.line} {problem.column}" for problem in refused.value.problems]


def test_each_row_becomes_a_running_contract_of_its_subscriber():
    done = take(PERSON, FIRM)
    assert (done.subscribers, done.contracts) == (2, 2)
    contract = Contract.objects.get(subscriber__name="山田 太郎")
    assert contract.state == Contract.State.ACTIVE
    assert contract.service_start == date(2024, 10, 1)
    assert contract.term_months == 24
    assert contract.line.full_address == "〒420-0851 静岡県静岡市葵区黒金町1-1"
    assert contract.agreements.get().version.terms_code == "isp-access"
    assert [change.transition for change in state_changes_of(contract)] == ["import"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_utf8_with_and_without_mark_and_shift_jis_are_read(encoding):
    take(PERSON, encoding=encoding)
    assert Subscriber.objects.get().name_kana == "ヤマダ タロウ"


def test_rows_with_the_same_key_share_one_subscriber():
    done = take(PERSON, PERSON.replace("2024-10-01", "2024-12-01"))
    assert (done.subscribers, done.contracts) == (1, 2)


def test_half_width_kana_and_full_width_digits_are_brought_into_form():
    take(PERSON.replace("ヤマダ タロウ", "ﾔﾏﾀﾞ ﾀﾛｳ").replace("420-0851", "４２０−０８５１".replace("−", "－")))
    subscriber = Subscriber.objects.get()
    assert (subscriber.name_kana, subscriber.postal_code) == ("ヤマダ タロウ", "4200851")


def test_every_bad_cell_is_reported_with_line_and_column_and_nothing_is_written():
    found = problems(
        PERSON,
        FIRM.replace("7010705000725", "7010705000726").replace("phone", "fax"),
        PERSON.replace("A1", "A2").replace("2024-10-01", "first of May").replace("個人", "団体"),
        PERSON.replace("A1", "A3").replace("420-0851", "42-1").replace("taro@example.jp", ""),
    )
    assert "3 法人番号" in found
    assert "3 商品コード" in found
    assert {"4 種別", "4 利用開始日"} <= set(found)
    assert "5 郵便番号" in found


def test_a_person_is_not_admitted_to_a_contract_for_corporations():
    with pytest.raises(ImportRefused) as refused:
        take(PERSON.replace(",net,", ",phone,"))
    assert "hikari-phone" in str(refused.value.problems[0])


def test_rows_of_one_subscriber_must_not_contradict_each_other():
    assert problems(PERSON, PERSON.replace("黒金町1-1", "黒金町2-2")) == ["3 町名番地"]


def test_a_contract_that_starts_in_the_future_is_no_running_contract():
    assert problems(PERSON.replace("2024-10-01", "2025-04-02")) == ["2 利用開始日"]


def test_an_unknown_a_double_and_a_missing_column_are_named():
    data = (HEADINGS.replace("氏名", "お名前") + ",種別\n").encode()
    with pytest.raises(ImportRefused) as refused:
        import_subscribers(data=data, by=clock_user(), on=ON)
    assert [problem.column for problem in refused.value.problems] == ["お名前", "種別", "氏名"]


def test_a_file_of_another_encoding_or_without_rows_is_refused():
    for data in (b"\xff\xfe\x00\x01", HEADINGS.encode()):
        with pytest.raises(ImportRefused):
            import_subscribers(data=data, by=clock_user(), on=ON)


def test_a_line_with_too_many_or_too_few_cells_is_reported():
    assert problems(PERSON + ",surplus") == ["2 "]
    assert "2 商品コード" in problems(PERSON.rsplit(",", 2)[0])


def test_the_command_reports_each_problem_on_a_line_of_its_own(tmp_path: Path):
    file = tmp_path / "bad.csv"
    file.write_text(f"{HEADINGS}\n{PERSON.replace(',net,', ',none,')}\n", encoding="cp932")
    errors = StringIO()
    with pytest.raises(CommandError):
        call_command("import_subscribers", str(file), stderr=errors)
    assert f"{file}: " in errors.getvalue()
    with pytest.raises(CommandError, match="missing.csv"):
        call_command("import_subscribers", str(tmp_path / "missing.csv"))


@pytest.mark.article("statute", "電気通信事業法26の3")
def test_the_contract_document_is_taken_as_received_on_the_day_given_or_on_the_takeover():
    take(PERSON)
    assert Contract.objects.get().document_received_on == ON
    data = "\r\n".join([HEADINGS + ",契約書面受領日", PERSON + ",2024-10-03", FIRM + ","]).encode()
    import_subscribers(data=data, by=clock_user(), on=ON)
    received = Contract.objects.order_by("id").values_list("document_received_on", flat=True)
    assert list(received)[1:] == [date(2024, 10, 3), ON]


def test_a_contract_document_received_in_the_future_is_sent_back():
    data = "\r\n".join([HEADINGS + ",契約書面受領日", PERSON + ",2025-04-02"]).encode()
    with pytest.raises(ImportRefused) as refused:
        import_subscribers(data=data, by=clock_user(), on=ON)
    assert [problem.column for problem in refused.value.problems] == ["契約書面受領日"]
