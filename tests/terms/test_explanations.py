"""What the lines of worked examples say in words: every branch of every rule explains itself as it should."""

import pytest

from terms.texts import TEXTS, describe
from terms.worked_examples import compute
from tests.terms.test_lines import CASES, PACKS

SAID = {
    "late-interest-02-isp-boundary": [
        "paid within 10 days from the day after the due date",
    ],
    "late-interest-03-isp": [
        "2025-06-01 to 2025-06-10, 10 days at 0.145/365 a year: 39 yen",
    ],
    "penalty-11": [
        "2 times the evaded sum: 10,000 yen",
        "consumption tax (0.10) 1,000 yen",
    ],
    "penalty-13-untaxed": [
        "2 times the evaded sum: 1,240 yen",
    ],
    "edge-interest-paid-on-due-date": [
        "paid in time",
    ],
    "edge-outage-across-month-end": [
        "24 hours from 2025-01-31 23:00 (1/31 of the fee): 193 yen",
        "24 hours from 2025-02-01 23:00 (1/28 of the fee): 214 yen",
    ],
    "edge-outage-customer": [
        "the subscriber's own doing",
    ],
    "edge-outage-gross-negligence-business": [
        "less than 24 hours from 2025-06-10 10:00",
    ],
    "edge-damages-isp": [
        "24 hours from 2025-06-10 10:00: 200 yen",
    ],
    "edge-damages-business-first-month": [
        "24 hours from 2025-07-10 10:00 by this month's average: 555 yen",
        "24 hours from 2025-07-11 10:00 by this month's average: 556 yen",
    ],
    "edge-charge-leap-february": [
        "2024-02-29 to 2024-02-29, 1 days (1/29): 206 yen",
        "2024-03-01 to 2024-03-01, 1 days (1/31): 193 yen",
    ],
    "edge-charge-business-day-31": [
        "2025-01-31 to 2025-02-27 in full: 6,000 yen",
        "2025-02-28 to 2025-03-30 in full: 6,000 yen",
        "2025-03-31 to 2025-04-29 in full: 6,000 yen",
        "2025-04-30 to 2025-05-30 in full: 6,000 yen",
    ],
    "edge-charge-moved-tariff-month": [
        "2025-02-01 to 2025-02-28 in full: 6,200 yen",
        "the first day of the tariff month was moved: that of 31 days from 2025-03-01 ends on 2025-03-10",
        "2025-03-01 to 2025-03-10, 10 days (10/31): 2,000 yen",
        "2025-03-11 to 2025-04-10 in full: 6,200 yen",
    ],
    "edge-early-first-day": [
        "6 months left: 300,000 yen",
    ],
    "edge-early-metered-less-than-a-month": [
        "11 months left at the average: 330,000 yen",
    ],
    "edge-notice-after-short-february": [
        "1 months from 2025-02-28 to 2025-03-30 lie between",
    ],
    "edge-renewal-from-leap-day": [
        "renewed from 2024-03-01 to 2025-02-28",
    ],
    "edge-suspension-from-31-august": [
        "suspended from 2025-08-31 to 2026-02-28 at most",
    ],
    "edge-works-at-half-past-eight": [
        "works at 1.3 times by the hour: 25,700 yen",
        "consumption tax (0.10) 2,570 yen",
    ],
    "edge-works-substitute-holiday": [
        "works 20,000 yen",
        "weekend surcharge 3,000 yen",
        "appointed-time fee 11,000 yen",
        "consumption tax (0.10) 3,400 yen",
    ],
    "edge-works-cancelled-hikari-line": [
        "the part begun 5,500 yen",
        "refund -16,500 yen",
    ],
    "edge-works-cancelled-hikari-phone": [
        "begun: the full fee 22,000 yen",
    ],
    "edge-clawback-a-day-later": [
        "cancellations from 2024-04-01 to 2026-03-31 count (24 months)",
    ],
    "edge-objection-after-midnight": [
        "the objection does not end the contract",
    ],
    "edge-discontinuation-from-31-august": [
        "6 months from 2025-09-01 to 2026-02-28 lie between",
    ],
    "edge-allocation-same-due-date": [
        "3,000 yen to what was due on 2025-04-30",
        "4,000 yen to what was due on 2025-05-31",
        "1,000 yen to what was due on 2025-05-31",
    ],
    "edge-repair-at-closing-time": [
        "work starts in the next window, 2025-06-14 09:00",
    ],
    "edge-number-lower-case": [
        "not the form of a registration number",
    ],
    "edge-approval-across-a-month": [
        "15 days to 2024-03-05, 2024-02-20 being the first",
    ],
    "periodic-26-hikari-line": [
        "2025-06-10 to 2025-06-30, 21 days (21/30): 4,200 yen",
        "2025-07-01 to 2025-07-31 in full: 6,000 yen",
        "2025-08-01 to 2025-08-31 in full: 6,000 yen",
        "2025-09-01 to 2025-09-20, 20 days (20/30): 4,000 yen",
    ],
    "periodic-27-isp-one-day": [],
    "construction-45-saturday-evening": [
        "works at 1.3 times by the hour: 25,700 yen",
        "weekend surcharge 3,000 yen",
        "consumption tax (0.10) 2,870 yen",
    ],
    "construction-46-4-january": [
        "works 20,000 yen",
        "consumption tax (0.10) 2,000 yen",
    ],
    "cancelled-49-before-start": [
        "not begun: nothing is owed",
        "refund -22,000 yen",
    ],
    "instalment-39-detached-10": [
        "instalments in all 19,440 yen",
        "10 instalments paid -6,420 yen",
    ],
    "instalment-41-closed": [
        "new instalments closed with 2017-11-15",
    ],
    "single-line-50": [
        "after 3 months, from 2025-04-16, 10,100 yen a month",
    ],
    "tax-57-floor": [
        "consumption tax (0.10) 1,234 yen",
    ],
    "early-33-annual": [
        "1 years left: 600,000 yen",
    ],
    "metering-38": [
        "5 days at 800 yen: 4,000 yen",
    ],
    "renewal-37-in-time": [
        "declined in time: not renewed",
    ],
    "transfer-42-15th": [
        "received by the cut-off day: effective 2025-07-01",
    ],
    "transfer-42-december": [
        "received after the cut-off day: effective 2026-02-01",
    ],
    "terms-55": [
        "posted on 2025-06-01, effective 30 days later on 2025-07-01",
    ],
    "objection-58-in-time": [
        "the objection arrived by 2025-04-01",
    ],
    "registration-number-valid": [
        "form and check digit fit",
    ],
    "registration-number-invalid": [
        "the check digit does not fit",
    ],
    "initial-cancellation": [
        "8 days to 2025-06-17, 2025-06-10 being the first",
    ],
    "arrears-reminder": [
        "a reminder is sent",
    ],
    "arrears-waiting": [
        "nothing to do now",
    ],
    "arrears-suspension-notice": [
        "a suspension from 2025-06-25 is announced",
    ],
    "arrears-suspend": [
        "use is suspended",
    ],
    "arrears-lift": [
        "paid: the suspension is lifted",
    ],
    "arrears-ending-notice": [
        "the ending is announced for 2025-08-08",
    ],
    "arrears-ending-after-a-demand": [
        "the contract is ended",
    ],
    "handling-fee-begun": [
        "the handling fee stays due",
    ],
    "relocation-isp": [
        "charged on during the move",
    ],
    "liability-gross-negligence": [
        "no limit for intent or gross negligence: 50,000 yen",
    ],
    "cancellation-of-a-corporation": [
        "no legal limit applies: 9,500 yen",
    ],
    "cancellation-in-month-10-of-24": [
        "20,000 yen within the legal limit (works left 15/24)",
    ],
    "notice-in-advance": [
        "notice in advance, by 2025-09-30",
    ],
    "discontinuation-upstream": [
        "together with the upstream service on 2025-03-31",
    ],
    "repair-within-the-hours": [
        "work starts on request",
    ],
    "damages-under-24-hours": [
        "less than 24 hours from 2025-06-10 10:00",
    ],
    "outage-15-hikari-line-none": [
        "this document gives nothing back",
    ],
    "outage-21-gross-negligence": [
        "the time from 2025-06-10 10:00 to 2025-06-10 15:00: 41 yen",
    ],
    "damages-24-phone": [
        "24 hours from 2025-07-10 10:00, fee and calls: 493 yen",
        "24 hours from 2025-07-11 10:00, fee and calls: 494 yen",
        "24 hours from 2025-07-12 10:00, fee and calls: 493 yen",
    ],
    "damages-25-business": [
        "24 hours from 2025-07-10 10:00 by the month before: 333 yen",
        "24 hours from 2025-07-11 10:00 by the month before: 333 yen",
    ],
    "made-up-relocation": [
        "moved from 2026-07-10 to 2026-07-11, 2 days: 65 yen",
    ],
    "made-up-handling": [
        "the handling fee of 880 yen goes back",
    ],
    "made-up-early-free": [
        "no fee is owed",
    ],
    "made-up-minimum-term": [
        "within the minimum term 2026-05-01 to 2026-07-31: 1,000 yen",
        "handling fee of the ending 100 yen",
    ],
    "made-up-works": [
        "works at 2 times by the hour: 1,502 yen",
        "weekend surcharge 10 yen",
        "appointed-time fee 1 yen",
        "consumption tax (0.08) 122 yen",
    ],
    "made-up-works-cancelled": [
        "begun: the full fee 1,082 yen",
        "refund -918 yen",
    ],
    "made-up-intake": [
        "instalments are open",
    ],
    "made-up-liability": [
        "liability up to 2 monthly fees: 2,000 yen",
    ],
    "made-up-law-interest-cap": [
        "legal limit 2026-06-01 to 2026-06-01, 1 days: 400 yen",
    ],
}
BY_ID = {case["id"]: case for case in CASES}


@pytest.mark.parametrize("name", SAID)
def test_an_example_is_explained_in_these_words(name):
    result = compute(BY_ID[name], PACKS)
    assert [describe(line, "en") for line in result.lines] == SAID[name]


def test_every_text_is_said_by_some_example():
    said = {line.text for case in CASES for line in compute(case, PACKS).lines}
    assert set(TEXTS) - said == set()
