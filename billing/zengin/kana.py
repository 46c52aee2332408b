"""Names as banks write them: half-width capital kana, capital letters, digits and a few signs, one byte each."""

import re

import jaconv
from django.utils.translation import gettext as _

from billing.zengin.errors import ZenginError

_CAPITAL = (
    str.maketrans("ァィゥェォッャュョヮヵヶ", "アイウエオツヤユヨワカケ")
    | dict.fromkeys(map(ord, "ー‐－―−"), "-")
    | {ord("・"): " "}
)
_ALLOWED = re.compile(r"[A-Z0-9ｱ-ﾝｦﾞﾟ()\-./ ]*")
# How banks shorten the form of a corporation: before the name with ")", after it with "(".
_FORMS = {
    "カブシキガイシヤ": "カ",
    "ユウゲンガイシヤ": "ユ",
    "ゴウドウガイシヤ": "ド",
    "ゴウシガイシヤ": "シ",
    "ゴウメイガイシヤ": "メ",
    "イリヨウホウジン": "イ",
    "シヤダンホウジン": "シヤ",
    "ザイダンホウジン": "ザイ",
    "ガツコウホウジン": "ガク",
    "シユウキヨウホウジン": "シユウ",
}


def to_bank_kana(name: str) -> str:
    """A name in the characters of bank files: ``カブシキガイシャ ヤマダ`` becomes ``ｶ)ﾔﾏﾀﾞ``.

    Small kana become capital ones, the long-vowel sign a hyphen, the middle dot a space. ZenginError for a character
    that no bank takes, such as kanji.
    """
    full = jaconv.hira2kata(jaconv.h2z(jaconv.normalize(name, "NFKC"), kana=True)).translate(_CAPITAL)
    short = _shortened(full.strip())
    half = jaconv.z2h(short, kana=True, ascii=True, digit=True).upper().replace("ｰ", "-")
    wrong = _ALLOWED.sub("", half)
    if wrong:
        raise ZenginError(
            _("“%(sign)s” in “%(name)s” cannot stand in a bank file: write it in kana.")
            % {"sign": wrong[0], "name": name}
        )
    return " ".join(half.split())


def same_payer(one: str, other: str) -> bool:
    """Whether two names in bank kana mean the same payer: the form of a corporation and spaces do not count."""
    return payer_key(one) == payer_key(other)


def payer_key(name: str) -> str:
    """A name in bank kana without the form of a corporation, spaces and signs."""
    bare = re.sub(r"^[ｱ-ﾝ]{1,3}\)|\([ｱ-ﾝ]{1,3}\)?$", "", name)
    return re.sub(r"[ ().\-/]", "", bare)


def _shortened(name: str) -> str:
    for form, letters in _FORMS.items():
        if name.startswith(form):
            return f"{letters}){name.removeprefix(form).strip()}"
        if name.endswith(form):
            return f"{name.removesuffix(form).strip()}({letters}"
    return name
