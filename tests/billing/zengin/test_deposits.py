"""The bank's list of movements: 200-byte records."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.zengin import deposits as zengin
from billing.zengin.errors import ZenginError

RECEIVED = date(2026, 6, 30)
_TEXT = st.text("ABC012ｱｶﾞﾊﾟﾝ()-./ ", max_size=15).map(str.rstrip)
MOVEMENTS = st.builds(
    zengin.Movement,
    inquiry_number=st.text("0123456789", min_size=8, max_size=8),
    booked_on=st.dates(date(2019, 5, 1), RECEIVED),
    incoming=st.booleans(),
    amount=st.integers(1, 10**9),
    payer_code=st.text("0123456789", min_size=10, max_size=10),
    payer=_TEXT,
    bank_name=_TEXT,
    branch_name=_TEXT,
    summary=_TEXT,
    edi=_TEXT,
)
STATEMENTS = st.builds(
    zengin.Statement,
    bank_code=st.just("0001"),
    branch_code=st.just("001"),
    account_type=st.sampled_from("12"),
    account_number=st.text("0123456789", min_size=7, max_size=7),
    movements=st.lists(MOVEMENTS, max_size=5).map(tuple),
)


@given(statements=st.lists(STATEMENTS, min_size=1, max_size=3), line_ends=st.booleans())
def test_what_was_written_reads_back_the_same(statements, line_ends):
    content = zengin.write(statements, line_ends=line_ends)
    assert len(content) % (202 if line_ends else 200) == 0
    assert zengin.read(content, received_on=RECEIVED) == statements


def statement(*movements):
    return zengin.Statement(
        bank_code="0001",
        branch_code="001",
        account_type="1",
        account_number="7654321",
        movements=movements,
    )


def movement(**changed):
    values = {
        "inquiry_number": "00000001",
        "booked_on": date(2026, 6, 26),
        "incoming": True,
        "amount": 11000,
        "payer": "ﾔﾏﾀﾞ ﾀﾛｳ",
    }
    return zengin.Movement(**(values | changed))


@pytest.mark.parametrize("year", [b"08", b"26"])
def test_years_of_the_era_and_of_the_century_are_both_read(year):
    content = zengin.write([statement(movement())], line_ends=False).replace(b"080626", year + b"0626")
    assert zengin.read(content, received_on=RECEIVED)[0].movements[0].booked_on == date(2026, 6, 26)


def test_a_day_after_the_receipt_is_refused():
    content = zengin.write([statement(movement())], line_ends=False)
    with pytest.raises(ZenginError, match="record 2: “080626” is no day up to 2008-06-25"):
        zengin.read(content, received_on=date(2008, 6, 25))


def test_a_sum_that_does_not_add_up_is_refused():
    content = zengin.write([statement(movement())], line_ends=False)
    with pytest.raises(ZenginError, match="record 3: trailer record, in_amount: 11000 instead of 11001"):
        zengin.read(content.replace(b"000000011000000", b"000000011001000", 1), received_on=RECEIVED)


def test_a_file_without_its_end_is_refused():
    content = zengin.write([statement(movement())], line_ends=False)
    with pytest.raises(ZenginError, match="no end record"):
        zengin.read(content[:-200], received_on=RECEIVED)
