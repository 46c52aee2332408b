"""What a request is called on paper."""

from collections.abc import Mapping

from django.utils import translation

from contracts.models import Request

_TITLES: Mapping[str, str] = {
    Request.Kind.NEW: "契約申込書",
    Request.Kind.TRANSFER: "契約譲渡承認請求書",
    Request.Kind.SUCCESSION: "地位承継届",
    Request.Kind.NAME_CHANGE: "氏名等変更届",
    Request.Kind.CANCELLATION: "契約申込取消届",
    Request.Kind.INITIAL_CANCELLATION: "初期契約解除届",
    Request.Kind.ENDING: "契約解除届",
}


def letter_title(kind: str) -> str:
    """The Japanese title of the paper."""
    with translation.override("ja"):
        return _TITLES.get(kind) or f"{Request.Kind(kind).label}申込書"
