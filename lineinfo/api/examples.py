"""The examples of the documentation: answers as they come, about a line that does not exist."""

from typing import Any

LINE: dict[str, Any] = {
    "number": "L00000042",
    "contract": "C00000042",
    "contract_state": "active",
    "service": "第3種サービス プラン1",
    "item": "1Gb/s",
    "terminal_point": "3F EPS",
    "host_exchange": "霞が関",
    "since": "2025-08-01",
}
LINE_PAGE = {"items": [LINE], "next_cursor": None}
STATUS = {
    "line": "L00000042",
    "state": "down",
    "as_of": "2025-10-01T09:05:00+09:00",
    "contract_state": "active",
    "item": "1Gb/s",
    "host_exchange": "霞が関",
    "under_way": [{"kind": "fault", "since": "2025-10-01T08:57:10+09:00", "until": None}],
}
MEASUREMENT_PAGE = {
    "from": "2025-10-01T00:00:00+09:00",
    "line": "L00000042",
    "to": "2025-10-02T00:00:00+09:00",
    "resolution": "raw",
    "items": [
        {
            "at": "2025-10-01T00:00:00+09:00",
            "seconds": 300,
            "bytes_down": 1830411200,
            "bytes_up": 204812300,
            "connected_seconds": 300,
            "errors": 0,
            "optical_dbm": -18.25,
            "corrected": False,
        }
    ],
    "next_cursor": "MTc1OTI0NDcwMDAwMDAwMA",
}
MEASUREMENT_LINES = {
    "application/x-ndjson": (
        '{"at":"2025-10-01T00:00:00+09:00","seconds":300,"bytes_down":1830411200,"bytes_up":204812300,'
        '"connected_seconds":300,"errors":0,"optical_dbm":-18.25,"corrected":false}\n'
    ),
    "text/csv": (
        "at,seconds,bytes_down,bytes_up,connected_seconds,errors,optical_dbm,corrected\r\n"
        "2025-10-01T00:00:00+09:00,300,1830411200,204812300,300,0,-18.25,false\r\n"
    ),
}
GAP_LIST = {
    "from": "2025-10-01T00:00:00+09:00",
    "line": "L00000042",
    "to": "2025-10-02T00:00:00+09:00",
    "items": [
        {"from": "2025-10-01T08:55:00+09:00", "to": "2025-10-01T10:20:00+09:00", "reasons": ["fault"]},
        {"from": "2025-10-01T15:00:00+09:00", "to": "2025-10-01T15:05:00+09:00", "reasons": []},
    ],
}
WORK_PAGE = {
    "items": [
        {
            "kind": "item_change",
            "state": "planned",
            "planned_at": "2025-10-20T10:00:00+09:00",
            "started_at": None,
            "done_at": None,
        }
    ],
    "next_cursor": None,
}
OUTAGE_PAGE = {
    "items": [
        {
            "down": "2025-10-01T08:57:10+09:00",
            "known": "2025-10-01T09:03:00+09:00",
            "restored": "2025-10-01T10:19:00+09:00",
            "cause": "not_customer",
        }
    ],
    "next_cursor": None,
}
INTERRUPTION_PAGE = {
    "items": [
        {
            "title": "収容ビル設備の保守",
            "article": "hikari-line 33",
            "starts_at": "2025-11-05T01:00:00+09:00",
            "ends_at": "2025-11-05T05:00:00+09:00",
            "urgent": False,
        }
    ],
    "next_cursor": None,
}
USAGE = {
    "api_id": "api-3f9c1d52a0b84e67",
    "api_user": "網野 見張",
    "credential": {
        "prefix": "liq4vd7m2kze",
        "state": "active",
        "issued_at": "2025-09-01T10:00:00+09:00",
        "expires_at": "2026-09-01T10:00:00+09:00",
    },
    "limit": {"per_minute": 300, "remaining": 288, "resets_in": 41},
    "today": {"answered": 1204, "refused": 2},
}
CALL_PAGE = {
    "items": [
        {
            "at": "2025-10-01T09:06:02.114000+09:00",
            "method": "GET",
            "path": "/api/v1/lines/L00000042/status",
            "status": 200,
            "code": "",
            "request_id": "0d6f3a1e5b7c4f4e9a6d2c8b1f0e7a35",
            "credential": "liq4vd7m2kze",
            "api_user": "網野 見張",
        }
    ],
    "next_cursor": None,
}
INCIDENT_REPORT = {
    "credential": "liq4vd7m2kze",
    "happened": "保守端末を紛失した。最後に使ったのは昨日の夕方。",
}
INCIDENT: dict[str, Any] = {
    **INCIDENT_REPORT,
    "reported_at": "2025-10-01T09:10:00+09:00",
    "instruction": "",
    "instructed_at": None,
}
INCIDENT_PAGE = {"items": [INCIDENT], "next_cursor": None}

DELIVERY_BODIES = {
    "text/csv": (
        "line,at,seconds,bytes_down,bytes_up,connected_seconds,errors,optical_dbm\n"
        "L00000042,2025-10-01T00:00:00+09:00,300,1830411200,204812300,300,0,-18.25\n"
        "L00000042,2025-10-01T00:05:00+09:00,300,-5,204812300,300,0,-18.25\n"
    ),
    "application/x-ndjson": (
        '{"line":"L00000042","state":"down","item":"1Gb/s","host_exchange":"霞が関","as_of":"2025-10-01T09:05:00+09:00"}\n'
    ),
}
DELIVERY = {
    "id": 1207,
    "state": "loaded",
    "kind": "measurements",
    "sha256": "a1f0c2a4b0b3f7c1c5fbd0d6b8f4d0f2a9e6f1d3c7b5a4938271605f4e3d2c1b",
    "size": 221,
    "received_at": "2025-10-01T00:10:00+09:00",
    "loaded_at": "2025-10-01T00:10:00+09:00",
    "failure": "",
    "counts": {
        "new": 1,
        "corrected": 0,
        "repeated": 0,
        "late": 0,
        "bad": 1,
        "unknown_lines": 0,
        "beyond_retention": 0,
    },
    "put_aside": [
        {
            "line_number": 3,
            "kind": "bad",
            "reason": "bytes_down は0以上の整数にしてください。",
            "text": "L00000042,2025-10-01T00:05:00+09:00,300,-5,204812300,300,0,-18.25",
        }
    ],
}

_PROBLEM = {
    "instance": "/api/v1/lines/L00000042/status",
    "request_id": "0d6f3a1e5b7c4f4e9a6d2c8b1f0e7a35",
}


def _problem(code: str, status: int, title: str, detail: str, **members: object) -> dict[str, Any]:
    head = {
        "type": f"/api/problems/#{code}",
        "title": title,
        "status": status,
        "code": code,
        "detail": detail,
    }
    return {**head, **_PROBLEM, **members}


PROBLEMS: dict[str, dict[str, Any]] = {
    "invalid": _problem(
        "invalid",
        400,
        "リクエストが正しくありません",
        "errors に、誤っているパラメーターと書き方があります。",
        errors=[{"name": "to", "reason": "終わりは始めより後にしてください。"}],
    ),
    "unauthenticated": _problem(
        "unauthenticated",
        401,
        "有効な認証情報がありません",
        "この認証情報は失効させられています。",
        cause="revoked",
    ),
    "suspended": _problem(
        "suspended",
        403,
        "API契約は利用停止中です",
        "2025-10-01 から 2025-10-31 まで利用停止中です。",
        article={
            "pack": "line-info-api",
            "number": "17-1(3)",
            "title": "利用停止",
            "summary": "停止の事由は四つ（申込書の虚偽、変更届の虚偽、第13条違反、その他の重大な違反）。",
        },
        reason="ID等の第三者への開示",
        **{"from": "2025-10-01", "through": "2025-10-31"},
    ),
    "ended": _problem(
        "ended", 403, "API契約は終了しています", "API契約は終了しています。", last_day="2025-09-30"
    ),
    "not_found": _problem(
        "not_found", 404, "見つかりません", "この認証情報で見られるものは、ここにはありません。"
    ),
    "key_reused": _problem(
        "key_reused",
        422,
        "そのキーは別の呼出しで使われています",
        "書き込みの呼出しごとに別のキーを付けてください。",
    ),
    "too_large": _problem(
        "too_large",
        413,
        "大きすぎます",
        "1回の取込みは、展開後で20000000バイトまでです。分けて送ってください。",
        limit=20000000,
    ),
    "unsupported": _problem(
        "unsupported",
        415,
        "受け付けない形式です",
        "Content-Type は次のいずれかにしてください：text/csv, application/x-ndjson。",
    ),
    "unreadable": _problem(
        "unreadable", 422, "取込みを読み取れません", "ファイルがUTF-8で書かれていません。", delivery=1208
    ),
    "throttled": _problem(
        "throttled", 429, "呼び出しが多すぎます", "1分間に300回を超えています。", limit=300, retry_after=17
    ),
    "interrupted": _problem(
        "interrupted",
        503,
        "APIは利用中止中です",
        "利用中止：APIサーバーの更改",
        reason="APIサーバーの更改",
        until="2025-11-05T05:00:00+09:00",
        retry_after=5400,
    ),
}
