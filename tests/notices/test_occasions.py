"""Every occasion has a text that says what it must, in Japanese, and says it without gaps."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from notices import facts as kinds
from notices.occasions import OCCASIONS, Occasion
from notices.text import check_facts, render
from notices.wrap import COLUMNS, width
from terms.registry import registry
from tests.notices.conftest import sample_facts

NAME, ARTICLE = "見本 太郎 様", "「見本約款 第1条（見本）」"
every_occasion = pytest.mark.parametrize("occasion", OCCASIONS.values(), ids=list(OCCASIONS))


def _text(occasion: Occasion, *, optional: bool) -> str:
    facts = sample_facts(occasion, optional=optional)
    check_facts(occasion, facts)
    text = render(occasion, facts, name=NAME, article=ARTICLE)
    return f"{text.subject}\n{text.body}"


@every_occasion
def test_every_fact_of_an_occasion_stands_in_its_text(occasion):
    flat = re.sub(r"\n　*", "", _text(occasion, optional=True))

    for name, kind in (*occasion.facts.items(), *occasion.optional.items()):
        if kind is not kinds.FLAG:
            shown = kind.shown(sample_facts(occasion, optional=True)[name])
            for words in shown if isinstance(shown, list) else [shown]:
                assert words in flat, f"{name} is not in the text"


@every_occasion
@pytest.mark.parametrize("optional", [False, True], ids=["least", "all"])
def test_every_text_is_a_whole_letter(occasion, optional):
    text = _text(occasion, optional=optional)
    subject, name, *body = text.split("\n")

    assert name == NAME
    assert 10 <= len(subject) <= 200
    assert ARTICLE in re.sub(r"\n", "", text)
    for word in (settings.OPERATOR_NAME, settings.OPERATOR_PHONE, settings.OPERATOR_EMAIL):
        assert word in text
    assert not re.search(r"None|\{|\}|\n{3}|[ 　]$|と。|、。|。。", text, re.MULTILINE)
    assert all(width(line) <= COLUMNS for line in body)


@every_occasion
def test_every_flag_changes_what_is_said(occasion):
    facts = sample_facts(occasion, optional=False)
    for name, kind in (*occasion.facts.items(), *occasion.optional.items()):
        if kind is kinds.FLAG:
            said = {
                render(occasion, facts | {name: flag}, name=NAME, article=ARTICLE).body
                for flag in (True, False)
            }
            assert len(said) == 2, name


def test_every_text_belongs_to_an_occasion():
    folder = Path(settings.BASE_DIR) / "templates" / "notices"
    texts = {path.stem for path in folder.glob("*.txt")} - {"base", "base_partner", "_contract", "_fees"}

    assert texts == set(OCCASIONS)


# What the documents ask a notice to state, and the facts that state it.
STATED = {"reason": "reason", "date": "starts_on", "period": "through"}


@pytest.mark.article("isp-access", "23")
@pytest.mark.article("hikari-line", "34")
@pytest.mark.article("hikari-phone", "27")
@pytest.mark.article("line-info-api", "17")
def test_a_notice_of_suspension_demands_what_each_document_wants_it_to_state():
    for code in registry().codes():
        for pack in registry().versions(code):
            for stated in pack.suspension.notice_states if pack.suspension else ():
                for occasion in ("suspension_notice", "api_suspension_notice"):
                    assert STATED[stated] in OCCASIONS[occasion].facts, f"{pack}: {stated}"


@pytest.mark.article("hikari-phone", "28")
def test_a_notice_of_discontinuation_demands_what_each_document_wants_it_to_state():
    for code in registry().codes():
        for pack in registry().versions(code):
            for stated in pack.discontinuation_notice.states if pack.discontinuation_notice else ():
                fact = {"reason": "reason", "date": "ends_on"}[stated]
                assert fact in OCCASIONS["discontinuation_announced"].facts, f"{pack}: {stated}"


DEMANDED = [
    # What changes, its content and its day.
    ("isp-access", "2", "terms_changed", {"terms", "changes", "effective"}),
    ("isp-access", "24", "halt_announced", {"starts_on", "ends_on"}),
    ("isp-access", "24", "halt_ended", {"ends_on"}),
    ("isp-access", "41", "request_refused", {"reason"}),
    ("hikari-line", "15", "number_changed", {"new_number", "effective_on"}),
    ("hikari-line", "24", "ending_notice", {"ends_on"}),
    ("hikari-line", "49", "repair_test_result", {"tested_at", "clear"}),
    ("hikari-line", "53", "request_refused", {"reason"}),
    ("hikari-phone", "7", "contract_opened", {"service_start"}),
    ("hikari-phone", "9", "contract_accepted", {"accepted_on"}),
    ("hikari-phone", "12", "number_changed", {"new_number", "effective_on"}),
    ("hikari-phone", "51", "request_refused", {"reason"}),
    ("business-network", "26", "interruption_announced", {"starts_at", "ends_at"}),
    ("business-network", "28", "discontinuation_announced", {"service", "ends_on"}),
    ("line-info-api", "7", "api_access_data", {"api_id", "address"}),
    ("line-info-api", "12", "api_ending_notice", {"ends_on"}),
    ("line-info-api", "17", "api_suspension_notice", {"reason", "starts_on", "through"}),
]
"""Document, article, occasion, and what the article wants its notice to say."""


@pytest.mark.parametrize(
    ("occasion", "facts"),
    [
        pytest.param(
            occasion, facts, marks=pytest.mark.article(code, number), id=f"{code} {number} {occasion}"
        )
        for code, number, occasion, facts in DEMANDED
    ],
)
def test_a_notice_cannot_be_written_without_what_its_article_wants_said(occasion, facts):
    assert facts <= set(OCCASIONS[occasion].facts)
