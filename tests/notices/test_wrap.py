"""Lines that a mail program shows as they are."""

from hypothesis import given
from hypothesis import strategies as st

from notices.wrap import width, wrap


def test_a_short_line_stays():
    assert wrap("短い行。", 72) == "短い行。"


def test_full_width_characters_take_two_columns():
    assert width("あaア｡") == 6
    assert wrap("あいうえお", 6) == "あいう\nえお"


def test_no_line_begins_with_a_full_stop_or_a_closing_bracket():
    assert wrap("あいうえ。", 8) == "あいう\nえ。"
    assert wrap("あい（え）か", 8) == "あい\n（え）か"


def test_no_line_ends_with_an_opening_bracket():
    assert wrap("あいう「えおか」", 8) == "あいう\n「えお\nか」"


def test_numbers_dates_amounts_and_addresses_stay_whole():
    assert wrap("金額は12,345円です", 12) == "金額は\n12,345円です"
    assert wrap("日は2025年4月15日です", 10) == "日は2025年\n4月15日で\nす"
    assert wrap("次のhttps://example.jp/a/b/cです", 10) == "次の\nhttps://example.jp/a/b/c\nです"


def test_a_listed_line_goes_on_under_its_text():
    assert wrap("・あいうえお", 8) == "・あいう\n　えお"
    assert wrap("・あいhttps://example.jp/a。", 8) == "・あい\n　https://example.jp/a。"


def test_what_is_longer_than_a_line_and_cannot_be_broken_stays_whole():
    assert wrap("。。。。。。", 4) == "。。。。。。"


@given(
    st.text(alphabet="あいう、。（）「」12aE年円 ー・", max_size=80), st.integers(min_value=6, max_value=30)
)
def test_wrapping_loses_and_adds_nothing_but_line_ends_spaces_and_indents(text, columns):
    kept = str.maketrans("", "", " 　\n")

    assert wrap(text, columns).translate(kept) == text.translate(kept)
