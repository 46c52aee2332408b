"""The lines of results in words, Japanese and English. A code without words is a mistake that a test finds."""

import re
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from terms.result import Line

Language = Literal["ja", "en"]

_FRACTION = re.compile(r"([01]\.\d+)(?:/(\d+))?")

# {first} and {last} are the first and last day (or the times) of the line, {days}, {rate} and {amount} its figures; {span} is its
# stretch of days in Japanese, {percent} and {base} what a rate as "0.145/365" says, {rounded} a rate as "2800/31" in decimals.
TEXTS: dict[str, tuple[str, str]] = {
    "allocated": ("{first}期日の債務へ{amount}円", "{amount} yen to what was due on {first}"),
    "appointed_time": ("時刻指定工事費{amount}円", "appointed-time fee {amount} yen"),
    "arrears_ending": ("契約を解除する", "the contract is ended"),
    "arrears_ending_notice": ("{until}の解除を予告する", "the ending is announced for {until}"),
    "arrears_lift": ("支払いがあったので利用停止を解く", "paid: the suspension is lifted"),
    "arrears_nothing": ("今は何もしない", "nothing to do now"),
    "arrears_reminder": ("支払いを促す", "a reminder is sent"),
    "arrears_suspend": ("利用を停止する", "use is suspended"),
    "arrears_suspension_notice": (
        "{until}からの利用停止を通知する",
        "a suspension from {until} is announced",
    ),
    "cancellation_capped": (
        "法令の上限内で{amount}円（工事費等の残り{rate}）",
        "{amount} yen within the legal limit (works left {rate})",
    ),
    "cancellation_not_capped": ("法令の上限の対象外。{amount}円", "no legal limit applies: {amount} yen"),
    "charge_days": (
        "{span}の{days}日分（{rate}）{amount}円",
        "{first} to {last}, {days} days ({rate}): {amount} yen",
    ),
    "charge_whole": ("{span}の全額{amount}円", "{first} to {last} in full: {amount} yen"),
    "clawback_period": (
        "{span}の解約が対象（{rate}か月）",
        "cancellations from {first} to {last} count ({rate} months)",
    ),
    "damages_elsewhere": (
        "{first}からの{days}日分、限度額はこの約款が指す別の規約による",
        "{days} days from {first}; terms to which the document points say how much",
    ),
    "damages_fee": ("{first}からの24時間 {amount}円", "24 hours from {first}: {amount} yen"),
    "damages_fee_and_calls": (
        "{first}からの24時間 基本料金と平均通信料金{amount}円",
        "24 hours from {first}, fee and calls: {amount} yen",
    ),
    "damages_previous_month": (
        "{first}からの24時間 前料金月による{amount}円",
        "24 hours from {first} by the month before: {amount} yen",
    ),
    "damages_received": (
        "他の事業者から受けた賠償額を利用者全員で分ける（{rate}）ため{amount}円",
        "shared in what the other operator paid for all ({rate}): {amount} yen",
    ),
    "damages_this_month": (
        "{first}からの24時間 今料金月の平均による{amount}円",
        "24 hours from {first} by this month's average: {amount} yen",
    ),
    "damages_too_short": ("{first}から24時間に満たない", "less than 24 hours from {first}"),
    "disaster_relief": (
        "{span}の{days}日分の減免（{rate}）{amount}円",
        "relief for {first} to {last}, {days} days ({rate}): {amount} yen",
    ),
    "discontinuation_upstream": (
        "他社役務の廃止{until}と同時",
        "together with the upstream service on {until}",
    ),
    "early_termination_annual": ("残り{rate}年分{amount}円", "{rate} years left: {amount} yen"),
    "early_termination_free": ("中途解約料金はかからない", "no fee is owed"),
    "early_termination_metered": (
        "平均額の残り{rate}か月分{amount}円",
        "{rate} months left at the average: {amount} yen",
    ),
    "early_termination_monthly": ("残り{rate}か月分{amount}円", "{rate} months left: {amount} yen"),
    "ending_handling_fee": ("解約手数料{amount}円", "handling fee of the ending {amount} yen"),
    "first_day_counts": (
        "{first}を1日目として{last}まで{days}日",
        "{days} days to {last}, {first} being the first",
    ),
    "handling_fee_back": ("手続料{amount}円を返す", "the handling fee of {amount} yen goes back"),
    "handling_fee_stays": ("手続料は返さない", "the handling fee stays due"),
    "initial_cancellation_capped": (
        "告示された額{amount}円までは請求できる",
        "up to the published {amount} yen stay charged",
    ),
    "instalments_in_all": ("割賦総額{amount}円", "instalments in all {amount} yen"),
    "instalments_paid": ("支払い済み{rate}回 {amount}円", "{rate} instalments paid {amount} yen"),
    "intake_closed": ("割賦の新規受付は{last}で終了", "new instalments closed with {last}"),
    "intake_open": ("割賦を受け付ける", "instalments are open"),
    "interest_cap": (
        "法定の上限 {span}の{days}日分 {amount}円",
        "legal limit {first} to {last}, {days} days: {amount} yen",
    ),
    "late_interest": (
        "{span}の{days}日分（年{percent}、1年を{base}日として）{amount}円",
        "{first} to {last}, {days} days at {rate} a year: {amount} yen",
    ),
    "late_interest_grace": (
        "支払期日の翌日から{rate}日以内の支払い",
        "paid within {rate} days from the day after the due date",
    ),
    "late_interest_in_time": ("期日までの支払い", "paid in time"),
    "liability_limited": (
        "賠償の上限は利用料{rate}か月分。{amount}円",
        "liability up to {rate} monthly fees: {amount} yen",
    ),
    "liability_unlimited": (
        "故意又は重過失のため上限なし。{amount}円",
        "no limit for intent or gross negligence: {amount} yen",
    ),
    "metering_estimate": (
        "計測できなかった{days}日分を1日{rounded}円として{amount}円",
        "{days} days at {rate} yen: {amount} yen",
    ),
    "minimum_term": (
        "最低利用期間{first}から{last}の途中。{amount}円",
        "within the minimum term {first} to {last}: {amount} yen",
    ),
    "notice_in_advance": ("{until}までにあらかじめ通知する", "notice in advance, by {until}"),
    "notice_period": (
        "{first}から{last}まで{rate}か月を置く",
        "{rate} months from {first} to {last} lie between",
    ),
    "number_check_digit": ("検査用数字が合わない", "the check digit does not fit"),
    "number_form": ("形式が違う", "not the form of a registration number"),
    "number_right": ("形式と検査用数字が合う", "form and check digit fit"),
    "objection_in_time": ("異議は{until}までに届いた", "the objection arrived by {until}"),
    "objection_without_effect": ("異議は契約を終わらせない", "the objection does not end the contract"),
    "outage_customer": ("契約者の責めによる", "the subscriber's own doing"),
    "outage_not_credited": ("この約款では減額しない", "this document gives nothing back"),
    "outage_too_short": ("{first}から24時間に満たない", "less than 24 hours from {first}"),
    "outage_day": (
        "{first}からの24時間（料金の{rate}）{amount}円を減額",
        "24 hours from {first} ({rate} of the fee): {amount} yen",
    ),
    "outage_time": (
        "{first}から{last}までの時間分 {amount}円を減額",
        "the time from {first} to {last}: {amount} yen",
    ),
    "penalty": ("免れた額の{rate}倍 {amount}円", "{rate} times the evaded sum: {amount} yen"),
    "refund": ("返金{amount}円", "refund {amount} yen"),
    "relocation_charged": ("移転中も料金がかかる", "charged on during the move"),
    "relocation_days": (
        "移転で使えない{span}の{days}日分 {amount}円",
        "moved from {first} to {last}, {days} days: {amount} yen",
    ),
    "renewal": ("{first}から{last}まで自動継続", "renewed from {first} to {last}"),
    "renewal_declined": ("期限までの意思表示により継続しない", "declined in time: not renewed"),
    "repair_at_once": ("受付時刻から対応する", "work starts on request"),
    "repair_next_window": ("次の時間帯{until}から対応する", "work starts in the next window, {until}"),
    "single_line": (
        "{rate}か月経過後の{until}から月額{amount}円",
        "after {rate} months, from {until}, {amount} yen a month",
    ),
    "return_invoice_needed": (
        "税込{amount}円の返還なので返還請求書を交付する",
        "{amount} yen given back: a return invoice is needed",
    ),
    "return_invoice_not_needed": (
        "税込{amount}円の返還なので返還請求書は要らない",
        "{amount} yen given back: no return invoice is needed",
    ),
    "suspension_period": ("利用停止は{first}から{last}まで", "suspended from {first} to {last} at most"),
    "tariff_month_cut": (
        "料金月の起算日の変更により、{first}からの料金月（{days}日間）は{last}まで",
        "the first day of the tariff month was moved: that of {days} days from {first} ends on {last}",
    ),
    "tax": ("消費税相当額（{percent}）{amount}円", "consumption tax ({rate}) {amount} yen"),
    "terms_posted": (
        "掲載{first}から{days}日後の{until}に効力",
        "posted on {first}, effective {days} days later on {until}",
    ),
    "transfer_after_cut_off": (
        "締め日の後に受付。{until}から効力",
        "received after the cut-off day: effective {until}",
    ),
    "transfer_by_cut_off": (
        "締め日までに受付。{until}から効力",
        "received by the cut-off day: effective {until}",
    ),
    "weekend_surcharge": ("土日祝追加工事費{amount}円", "weekend surcharge {amount} yen"),
    "works": ("工事費{amount}円", "works {amount} yen"),
    "works_by_time": (
        "時間帯による割増{rate}倍の工事費{amount}円",
        "works at {rate} times by the hour: {amount} yen",
    ),
    "works_full_fee": ("着手後のため工事費全額{amount}円（税込）", "begun: the full fee {amount} yen"),
    "works_not_started": ("着手前のため工事費はかからない", "not begun: nothing is owed"),
    "works_started_part": ("着手した部分の費用{amount}円（税込）", "the part begun {amount} yen"),
}


def describe(line: Line, language: Language = "ja") -> str:
    """A line as a sentence for an invoice or a screen. KeyError for a code without words."""
    words = TEXTS[line.text][0 if language == "ja" else 1]
    first, last = shown(line.from_, language), shown(last_of(line), language)
    percent, base = _percent(line.rate)
    return words.format(
        first=first,
        last=last,
        span=first if first == last else f"{first}から{last}まで",
        until=shown(line.to, language),
        days=line.days,
        rate=line.rate,
        percent=percent,
        base=base,
        rounded=_rounded(line.rate),
        amount=f"{line.amount:,}",
    )


def last_of(line: Line) -> date | datetime | None:
    """The last day of the half-open stretch; of times, its end."""
    return line.to - timedelta(1) if line.to is not None and not isinstance(line.to, datetime) else line.to


def shown(moment: date | datetime | None, language: Language = "ja") -> str:
    """A day as 2025年6月1日, a time as 2025年6月1日9時00分; in English 2025-06-01 and 2025-06-01 09:00."""
    if moment is None:
        return ""
    if language == "ja":
        day = f"{moment.year}年{moment.month}月{moment.day}日"
        return f"{day}{moment.hour}時{moment.minute:02d}分" if isinstance(moment, datetime) else day
    return (
        moment.isoformat(sep=" ", timespec="minutes") if isinstance(moment, datetime) else moment.isoformat()
    )


def _percent(rate: str | None) -> tuple[str, str]:
    """Of "0.145/365" 14.5% and the days that the year counts; nothing for rates of other kinds."""
    found = _FRACTION.fullmatch(rate or "")
    return (f"{(Decimal(found[1]) * 100).normalize():f}%", found[2] or "") if found else ("", "")


def _rounded(rate: str | None) -> str:
    """Of "2800/31" 約90.32, of a whole number that number; nothing for rates of other kinds."""
    try:
        exact = Fraction(rate or "")
    except ValueError:
        return ""
    return f"{exact.numerator:,}" if exact.denominator == 1 else f"約{float(exact):,.2f}"
