"""Dates in the answers of services are read by people."""

import pytest
from django.utils import translation

from workflow.days import days_in_words


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("ja", "2025年11月3日の通知では2025年12月1日に間に合いません。"),
        ("en", "Nov. 3, 2025の通知ではDec. 1, 2025に間に合いません。"),
    ],
)
def test_each_date_is_put_into_words(language: str, said: str):
    with translation.override(language):
        assert days_in_words("2025-11-03の通知では2025-12-01に間に合いません。") == said


def test_a_month_is_put_into_words_too():
    with translation.override("ja"):
        assert days_in_words("2025-06 は請求済みです。") == "2025年6月 は請求済みです。"


@pytest.mark.parametrize(
    "text", ["0422-36-5101", "0422-36", "2025-13-01", "2025-13", "R2025-11-03-7", "12025-11-03", "R2025-11"]
)
def test_what_only_looks_like_a_date_stays(text: str):
    with translation.override("ja"):
        assert days_in_words(text) == text
