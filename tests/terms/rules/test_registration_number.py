"""登録番号: Consumption Tax Act 57の2 and the check digit of corporate numbers."""

import pytest

from tests.terms.apply import apply


@pytest.mark.article("statute", "消費税法57の2")
@pytest.mark.article("statute", "法人番号省令2")
@pytest.mark.parametrize("number", ["T7010705000725", "T4011001098993"])
def test_a_corporate_number_with_its_check_digit_is_valid(number):
    assert apply("statute", "registration_number", number=number).valid


@pytest.mark.article("statute", "法人番号省令2")
@pytest.mark.parametrize(
    "number",
    ["T7010705000726", "T8010705000725", "T7010705000752", "T0010705000725"],
)
def test_a_wrong_digit_is_noticed(number):
    assert not apply("statute", "registration_number", number=number).valid


@pytest.mark.article("statute", "消費税法57の2")
@pytest.mark.parametrize(
    "number",
    [
        "",
        "T",
        "7010705000725",
        "T701070500072",
        "T70107050007255",
        "t7010705000725",
        "T７０１０７０５０００７２５",
        "T7010705OO0725",
        " T7010705000725",
        "T7010705000725\n",
        "T-7010705000725",
        "X7010705000725",
    ],
)
def test_anything_but_t_and_thirteen_digits_is_invalid(number):
    assert not apply("statute", "registration_number", number=number).valid
    assert not apply("statute", "registration_number", number=number, corporation=False).valid


@pytest.mark.article("statute", "消費税法57の2")
def test_the_check_digit_only_warns_for_a_sole_trader():
    result = apply("statute", "registration_number", number="T7010705000726", corporation=False)
    assert (result.valid, result.doubtful) == (True, True)
    assert not apply("statute", "registration_number", number="T7010705000725", corporation=False).doubtful
