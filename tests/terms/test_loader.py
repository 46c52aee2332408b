"""Reading packs: what is wrong is named by file, table and key, and nothing unknown goes unnoticed."""

import copy
import tomllib
from pathlib import Path
from typing import Any

import pytest

from terms.errors import PackError
from terms.loader import load_pack, read_pack
from terms.rules.consumption_tax import ConsumptionTax
from terms.rules.late_interest import LateInterest
from terms.rules.outage_credit import OutageCredit

MADE_UP = Path(__file__).parent / "data" / "packs" / "made-up" / "2026-04-01.toml"
DATA = tomllib.loads(MADE_UP.read_text(encoding="utf-8"))


def changed(*path: str, value: Any = None) -> dict[str, Any]:
    """The made-up document with one value set, or taken out where it is None."""
    data = copy.deepcopy(DATA)
    place: Any = data
    for key in path[:-1]:
        place = place[key]
    if value is None:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return data


def problem(data: dict[str, Any]) -> str:
    with pytest.raises(PackError) as caught:
        read_pack(data, source="x.toml")
    return str(caught.value)


def test_the_made_up_document_is_read_into_its_tables():
    pack = load_pack(MADE_UP)
    assert str(pack) == "made-up 2026-04-01"
    assert pack.suspension is not None
    unpaid = pack.suspension.ground("unpaid")
    assert unpaid is not None
    assert unpaid.until_paid
    assert pack.suspension.ground("unheard_of") is None
    assert pack.pause is None
    assert str(pack.rule(LateInterest).article) == "made-up 4"


def test_a_rule_that_sets_no_rounding_takes_the_documents_for_charges_or_credits():
    pack = load_pack(MADE_UP)
    assert pack.rule(LateInterest).rounding == "up"
    assert pack.rule(OutageCredit).rounding == "half_up"
    assert pack.rule(ConsumptionTax).rounding == "half_up"


@pytest.mark.parametrize(
    ("path", "value", "expected"),
    [
        (("late_interest", "grace"), 3, 'x.toml, table [late_interest], key "grace": unknown key'),
        (
            ("late_interest", "grace_days"),
            None,
            'x.toml, table [late_interest], key "grace_days": missing key',
        ),
        (("late_interest", "grace_days"), "3", 'key "grace_days": expected a whole number, found "3"'),
        (("late_interest", "grace_days"), True, 'key "grace_days": expected a whole number, found True'),
        (
            ("late_interest", "payment_day_counts"),
            1,
            'key "payment_day_counts": expected true or false, found 1',
        ),
        (("late_interest", "annual_rate"), 0.145, 'key "annual_rate": expected a decimal number in text'),
        (("late_interest", "annual_rate"), "much", '"much" is not a decimal number'),
        (("late_interest", "annual_rate"), "NaN", 'key "annual_rate": expected a decimal number in text'),
        (("late_interest", "year"), "360", '"360" is not one of actual, 365'),
        (("late_interest", "article"), "99", 'key "article": cites article "99", which is not in [articles]'),
        (("late_interest", "article"), 4, 'key "article": expected text, found 4'),
        (("late_interest",), 3, "table [late_interest]: expected a table, found 3"),
        (("late_fee",), {"article": "4"}, 'x.toml, key "late_fee": unknown key'),
        (("title",), None, 'x.toml, key "title": missing key'),
        (("effective",), "2026-04-01", 'key "effective": expected a date (2025-06-01), found "2026-04-01"'),
        (
            ("application", "holders"),
            "person",
            'table [application], key "holders": expected a list, found "person"',
        ),
        (
            ("application", "holders"),
            ["person", "dog"],
            'table [application.holders], key "2": "dog" is not one of person, corporation',
        ),
        (
            ("suspension", "grounds"),
            [{"code": "unpaid"}],
            'table [suspension.grounds.1], key "article": missing key',
        ),
        (("suspension", "max_months"), 3, "says 2, but [suspension] says 3"),
        (
            ("instalment_balance", "detached", "count"),
            None,
            'table [instalment_balance.detached], key "count": missing key',
        ),
        (("arrears", "suspension"), None, "table [arrears]: suspension and suspension_notice go together"),
        (("articles", "4", "kind"), "law", 'table [articles.4], key "kind": "law" is not one of'),
        (("articles", "4", "titel"), "x", 'table [articles.4], key "titel": unknown key'),
        (("rules",), {}, 'key "rules": unknown key'),
        (("rounding", "charges"), "nearest", 'table [rounding], key "charges": "nearest" is not one of'),
    ],
)
def test_a_mistake_is_named_by_file_table_and_key(path, value, expected):
    assert expected in problem(changed(*path, value=value))


def test_what_can_be_interrupted_in_part_is_a_ground_of_the_document():
    ground = {"code": "maintenance", "article": "4", "label": "保守", "label_en": "maintenance"}
    table = {"article": "4", "urgent_exception": False, "channels": ["any"], "grounds": [ground]}
    data = copy.deepcopy(DATA)
    data["interruption"] = table | {"in_part": ["maintenance"]}
    assert read_pack(data, source="x.toml").interruption is not None

    data["interruption"] = table | {"in_part": ["moon"]}
    assert problem(data) == (
        'x.toml, table [interruption], key "in_part": "moon" is not among [[interruption.grounds]] of this document'
    )


def test_a_partner_that_collects_is_told_what_to_ask_for_on_a_ground_of_the_document():
    conditions = ("article", "no_arrears", "partner_agrees", "no_hindrance", "abolition")
    data = copy.deepcopy(DATA)
    data["collection_by_partner"] = dict.fromkeys(conditions, "4")
    assert problem(data).startswith(
        'x.toml, table [collection_by_partner], key "article": needs one of [[disclosures]] with when = "listed_for_partner"'
    )
    ground = {"code": "list", "article": "4", "label": "回収", "label_en": "collection"}
    passed = {"to": ["interconnected_carrier"], "items": ["billing_data"], "when": "listed_for_partner"}
    data["disclosures"] = [ground | passed]
    assert read_pack(data, source="x.toml").collection_by_partner is not None


def test_debts_fall_due_at_once_on_grounds_of_the_document_alone():
    data = copy.deepcopy(DATA)
    [first, *_others] = [ground["code"] for ground in data["suspension"]["grounds"]]
    data["acceleration"] = {"article": "4", "suspension_grounds": [first]}
    assert read_pack(data, source="x.toml").acceleration is not None

    data["acceleration"] = {"article": "4", "suspension_grounds": ["moon"]}
    assert problem(data) == (
        'x.toml, table [acceleration], key "suspension_grounds": "moon" is not among [[suspension.grounds]] of this document'
    )
    data["acceleration"] = {"article": "4"}
    assert "names no ground" in problem(data)


def test_lines_of_a_group_become_of_a_grade_of_the_document_alone():
    data = copy.deepcopy(DATA)
    grade = {"code": "old", "article": "4", "label": "旧", "label_en": "old", "items": ["1Gb/s"]}
    table = {"article": "4", "dwelling": "collective", "items": [], "plans": []}
    data["line_groups"] = table | {"grades": [grade | {"may_become": ["old"]}]}
    assert read_pack(data, source="x.toml").line_groups is not None

    data["line_groups"] = table | {"grades": [grade | {"may_become": ["moon"]}]}
    assert problem(data) == (
        'x.toml, table [line_groups], key "may_become": "moon" is not among [[line_groups.grades]] of this document'
    )


def test_a_document_without_code_or_articles_is_refused():
    assert 'key "code": must not be empty' in problem(changed("code", value=""))
    assert 'key "articles": must not be empty' in problem(
        {key: DATA[key] for key in ("code", "title", "operator", "effective")} | {"articles": {}}
    )


def test_a_file_must_stand_where_its_code_and_date_say(tmp_path):
    wrong = tmp_path / "made-up" / "2026-05-01.toml"
    wrong.parent.mkdir()
    wrong.write_text(MADE_UP.read_text(encoding="utf-8"), encoding="utf-8")
    with pytest.raises(PackError, match=r"belongs at made-up/2026-04-01\.toml"):
        load_pack(wrong)


@pytest.mark.parametrize("content", [b"code = ", b"\xff\xfe"])
def test_a_file_that_is_not_toml_is_named(tmp_path, content):
    path = tmp_path / "made-up" / "2026-04-01.toml"
    path.parent.mkdir()
    path.write_bytes(content)
    with pytest.raises(PackError, match=r"2026-04-01\.toml: not a TOML file"):
        load_pack(path)
