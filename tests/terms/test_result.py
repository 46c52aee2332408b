"""Results explain themselves."""

import json
from dataclasses import fields
from typing import Any

from terms.calendar import Month
from terms.registry import registry
from terms.rulebook import RULES
from tests.terms.apply import apply, at, day


def test_a_result_becomes_json_with_its_lines():
    result = apply(
        "isp-access", "late_interest", principal=10000, due=day("2025-05-31"), paid=day("2025-06-16")
    )
    assert json.loads(json.dumps(result.as_dict())) == {
        "article": "isp-access 34",
        "days": 15,
        "amount": 59,
        "lines": [
            {
                "text": "late_interest",
                "article": "isp-access 34",
                "from": "2025-06-01",
                "to": "2025-06-16",
                "days": 15,
                "rate": "0.145/365",
                "amount": 59,
            }
        ],
    }


def test_times_months_and_what_is_none_become_json_too():
    credit = apply(
        "isp-access",
        "outage_credit",
        fee=6000,
        down=at("2025-06-10T10:00"),
        known=at("2025-06-10T10:00"),
        restored=at("2025-06-11T10:00"),
    )
    assert credit.as_dict()["lines"][0]["from"] == "2025-06-10T10:00:00"
    charge = apply("isp-access", "periodic_charge", fee=6000, start=day("2025-06-10"), through=Month(2025, 7))
    assert charge.as_dict()["by_month"] == {"2025-07": 6000}
    assert apply("hikari-line", "suspension_end", from_=day("2025-06-10")).as_dict()["last_day"] is None


def test_every_table_of_a_rule_names_its_article():
    for rule in RULES.values():
        assert "article" in {field.name for field in fields(rule.table)}, rule.name


def test_every_rule_of_every_pack_cites_an_article_of_that_pack():
    for code in registry().all_codes():
        for pack in registry().versions(code):
            table: Any
            for table in pack.rules.values():
                assert table.article.pack == code
                assert table.article.head in pack.articles
