"""Names as banks take them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.zengin.errors import ZenginError
from billing.zengin.kana import payer_key, same_payer, to_bank_kana


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("ヤマダ　タロウ", "ﾔﾏﾀﾞ ﾀﾛｳ"),
        ("ガッコーショップ", "ｶﾞﾂｺ-ｼﾖﾂﾌﾟ"),
        ("カブシキガイシャ ヤマダ", "ｶ)ﾔﾏﾀﾞ"),
        ("ヤマダ カブシキガイシャ", "ﾔﾏﾀﾞ(ｶ"),
        ("ジョン・スミス", "ｼﾞﾖﾝ ｽﾐｽ"),
        ("ａｂｃつうしん", "ABCﾂｳｼﾝ"),
        ("ﾔﾏﾀﾞ ﾀﾛｳ", "ﾔﾏﾀﾞ ﾀﾛｳ"),
    ],
)
def test_names_are_written_in_half_width_capitals(name, written):
    assert to_bank_kana(name) == written


@pytest.mark.parametrize("name", ["山田", "ヤマダ,タロウ", "ヤマダ＆タロウ"])
def test_a_character_that_no_bank_takes_is_refused(name):
    with pytest.raises(ZenginError, match="cannot stand in a bank file"):
        to_bank_kana(name)


@given(
    st.lists(st.sampled_from([*"アイガパッャュー・ＡＢａｂ１2 （）-./", "ﾊﾟ", "ｶﾞ"]), max_size=30).map("".join)
)
def test_what_is_written_once_is_written_the_same_again_and_takes_a_byte_a_character(name):
    written = to_bank_kana(name)
    assert to_bank_kana(written) == written
    assert len(written.encode("shift_jis")) == len(written)


def test_the_form_of_a_corporation_and_spaces_do_not_tell_payers_apart():
    assert same_payer("ｶ)ﾔﾏﾀﾞ ｼﾖｳｼﾞ", "ﾔﾏﾀﾞｼﾖｳｼﾞ(ｶ")
    assert same_payer("ﾔﾏﾀﾞ ﾀﾛｳ", "ﾔﾏﾀﾞﾀﾛｳ")
    assert not same_payer("ﾔﾏﾀﾞ ﾀﾛｳ", "ﾔﾏﾀﾞ ｼﾞﾛｳ")
    assert payer_key("ｶ)ﾔﾏﾀﾞ") == "ﾔﾏﾀﾞ"
