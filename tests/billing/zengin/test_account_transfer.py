"""The account-transfer file: 120-byte records, written and read back the same, and refused where they are wrong."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.zengin import account_transfer as zengin
from billing.zengin.errors import ZenginError

_KANA = st.text("ABCXYZ0123456789ｱｲｳｴｵｶｷﾊﾝｦﾞﾟ()-./ ", max_size=15).map(str.rstrip)


def digits(length: int):
    return st.text("0123456789", min_size=length, max_size=length)


COLLECTORS = st.builds(
    zengin.Collector,
    code=digits(10),
    name=_KANA,
    bank_code=digits(4),
    bank_name=_KANA,
    branch_code=digits(3),
    branch_name=_KANA,
    account_type=st.sampled_from("12"),
    account_number=digits(7),
)
DEBITS = st.builds(
    zengin.Debit,
    bank_code=digits(4),
    bank_name=_KANA,
    branch_code=digits(3),
    branch_name=_KANA,
    account_type=st.sampled_from("12"),
    account_number=digits(7),
    holder=_KANA,
    amount=st.integers(1, 9_999_999_999),
    new_code=st.sampled_from("012"),
    customer_number=digits(20),
)


def with_results(answered: bool):
    results = st.sampled_from(sorted(zengin.RESULTS)) if answered else st.just("")
    debits = st.tuples(DEBITS, results).map(lambda pair: pair[0].answered(pair[1]))
    return st.builds(
        zengin.Transfer,
        collector=COLLECTORS,
        debit_day=st.dates(date(2024, 1, 1), date(2026, 12, 31)).map("{:%m%d}".format),
        debits=st.lists(debits, max_size=6).map(tuple),
    )


@given(transfer=st.booleans().flatmap(with_results), line_ends=st.booleans())
def test_what_was_written_reads_back_the_same_with_line_ends_or_without(transfer, line_ends):
    content = zengin.write(transfer, line_ends=line_ends)
    records = len(transfer.debits) + 3
    assert len(content) == records * (122 if line_ends else 120)
    assert zengin.read(content) == transfer


@given(transfer=with_results(answered=False))
def test_a_request_with_zeros_in_place_of_results_has_no_results(transfer):
    assert zengin.read(zengin.write(transfer, line_ends=False, unanswered="0")) == transfer


@given(transfer=with_results(answered=True), place=st.integers(0), byte=st.sampled_from(b"09A\xb1"))
def test_a_changed_byte_never_changes_the_yen_unseen(transfer, place, byte):
    content = bytearray(zengin.write(transfer, line_ends=False))
    content[place % len(content)] = byte
    try:
        found = zengin.read(bytes(content))
    except ZenginError:
        return
    assert zengin.total(found.debits) == zengin.total(transfer.debits)
    paid = [debit.amount for debit in found.debits if debit.result == zengin.PAID]
    assert sum(paid) == sum(debit.amount for debit in transfer.debits if debit.result == zengin.PAID)


def one(**changed):
    values = {
        "bank_code": "0001",
        "bank_name": "ﾐｽﾞﾎ",
        "branch_code": "001",
        "branch_name": "ﾄｳｷﾖｳ",
        "account_type": "1",
        "account_number": "1234567",
        "holder": "ﾔﾏﾀﾞ ﾀﾛｳ",
        "amount": 11000,
        "new_code": "1",
        "customer_number": "00000000010000000002",
    }
    return zengin.Debit(**(values | changed))


COLLECTOR = zengin.Collector(
    code="1234567890",
    name="ﾃﾞﾓﾂｳｼﾝ(ｶ",
    bank_code="0001",
    bank_name="ﾐｽﾞﾎ",
    branch_code="001",
    branch_name="ﾄｳｷﾖｳ",
    account_type="1",
    account_number="7654321",
)


def a_file(*debits):
    return zengin.Transfer(collector=COLLECTOR, debit_day="0627", debits=debits)


def test_every_field_of_a_data_record_stands_where_the_format_puts_it():
    record = zengin.write(a_file(one()), line_ends=False)[120:240].decode("shift_jis")
    assert record[:5] == "20001"
    assert record[5:20] == "ﾐｽﾞﾎ           "
    assert record[20:23] == "001"
    assert record[42:50] == "11234567"
    assert record[50:80].rstrip() == "ﾔﾏﾀﾞ ﾀﾛｳ"
    assert record[80:90] == "0000011000"
    assert record[90] == "1"
    assert record[91:111] == "00000000010000000002"
    assert record[111] == " "


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"amount": 10**10}, "amount: “10000000000” is longer than 10"),
        ({"holder": "山田"}, "holder: “山田” has characters that are not half-width"),
        ({"holder": "ｱ" * 31}, "longer than 30"),
        ({"account_number": "12-4567"}, "account_number: “12-4567” is not a number"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_field(changed, says):
    with pytest.raises(ZenginError, match=says):
        zengin.write(a_file(one(**changed)), line_ends=False)


def test_a_file_that_was_cut_off_is_refused():
    content = zengin.write(a_file(one()), line_ends=False)
    with pytest.raises(ZenginError, match="record 4: 100 bytes instead of 120"):
        zengin.read(content[:460])
    with pytest.raises(ZenginError, match="not a header"):
        zengin.read(content[:360])
    with pytest.raises(ZenginError, match="empty"):
        zengin.read(b"")


def test_a_sum_that_does_not_add_up_is_refused():
    content = zengin.write(a_file(one(), one(amount=500)), line_ends=False)
    with pytest.raises(ZenginError, match="trailer record, amount: 11500 instead of 11501"):
        zengin.read(content.replace(b"0000000500", b"0000000501"))
