"""The lines of results in words."""

import ast
import re
from dataclasses import replace
from pathlib import Path

import pytest

import terms
from terms.article import ArticleRef
from terms.result import Line
from terms.texts import TEXTS, describe
from terms.worked_examples import compute
from tests.terms.apply import apply, at, day
from tests.terms.test_lines import CASES, PACKS

RULES = Path(terms.__file__).parent / "rules"
# Codes that are put together: their first part and what may follow.
FAMILIES = {
    "arrears_": {"reminder", "suspension_notice", "suspend", "lift", "nothing", "ending_notice", "ending"},
    "damages_": {"fee", "fee_and_calls", "previous_month", "elsewhere"},
    "early_termination_": {"monthly", "annual", "metered", "free"},
}


def codes_in_rules() -> set[str]:
    """Every text constant in the rules that is a known code."""
    constants = set()
    for path in RULES.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.keyword) and node.arg == "text":
                constants |= {
                    leaf.value
                    for leaf in ast.walk(node.value)
                    if isinstance(leaf, ast.Constant) and isinstance(leaf.value, str)
                }
            if isinstance(node, ast.Constant) and node.value in TEXTS:
                constants.add(node.value)
    made_up = {first + last for first, lasts in FAMILIES.items() for last in lasts}
    parts = FAMILIES.keys() | {last for lasts in FAMILIES.values() for last in lasts}
    return {code for code in constants if code not in parts} | made_up


def test_every_code_has_words_and_every_text_has_a_code():
    assert codes_in_rules() == set(TEXTS)


def test_a_line_reads_in_japanese_and_english_with_its_last_day():
    line = apply(
        "isp-access", "late_interest", principal=1000000, due=day("2025-05-31"), paid=day("2025-06-16")
    ).lines[0]
    assert describe(line) == "2025年6月1日から2025年6月15日までの15日分（年14.5%、1年を365日として）5,958円"
    assert describe(line, "en") == "2025-06-01 to 2025-06-15, 15 days at 0.145/365 a year: 5,958 yen"


def test_a_line_about_times_shows_the_hour():
    moment = at("2025-06-10T10:00")
    line = apply(
        "isp-access", "outage_credit", fee=6000, down=moment, known=moment, restored=at("2025-06-11T10:00")
    ).lines[0]
    assert describe(line) == "2025年6月10日10時00分からの24時間（料金の1/30）200円を減額"
    assert describe(line, "en") == "24 hours from 2025-06-10 10:00 (1/30 of the fee): 200 yen"


def test_an_average_that_is_no_whole_yen_is_shown_in_decimals():
    line = Line(text="metering_estimate", article=ArticleRef("business-network", "8-3(3)"), days=3)
    for rate, words in (("2800/31", "1日約90.32円として"), ("2800", "1日2,800円として")):
        assert words in describe(replace(line, rate=rate))


def test_a_single_day_is_named_once():
    line = apply(
        "isp-access", "late_interest", principal=1000000, due=day("2025-05-31"), paid=day("2025-06-12")
    ).lines[0]
    one = replace(line, from_=day("2025-06-01"), to=day("2025-06-02"), days=1)
    assert describe(one) == f"2025年6月1日の1日分（年14.5%、1年を365日として）{line.amount:,}円"


def test_no_sentence_in_japanese_shows_a_day_or_a_rate_as_the_machine_keeps_it():
    for case in CASES:
        for line in compute(case, PACKS).lines:
            assert not re.search(r"\d-\d\d-\d\d|(?<![\d.])0\.\d|None", describe(line)), case["id"]


@pytest.mark.parametrize("language", [0, 1])
def test_every_text_can_be_filled_in(language):
    for words in TEXTS.values():
        assert words[language].format(
            first="",
            last="",
            span="",
            until="",
            days=1,
            rate="1",
            percent="",
            base="",
            rounded="",
            amount="1",
        )
