"""What the tests of notices share: somebody to tell, and facts for every occasion."""

import socket
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.db import models

from contracts.models import Partner, Subscriber
from notices import facts as kinds
from notices.models import Notice
from notices.occasions import Occasion
from notices.services.send_notice import send_notice
from terms.article import ArticleRef

AT = datetime(2025, 4, 1, 1, 0, tzinfo=UTC)  # 10 o'clock in Japan
ARTICLE = ArticleRef("isp-access", "23-1")
SUSPENSION = {
    "contract_number": "C00000001",
    "product": "光ネット 1Gb/s",
    "reason": "2025年2月分の料金のお支払いを確認できないため",
    "starts_on": date(2025, 4, 15),
    "through": None,
    "until_paid": True,
    "amount_due": 12345,
    "pay_by": date(2025, 4, 14),
}


class Choice(models.TextChoices):
    """Stands for the choices of other rooms."""

    ONE = "one", "新規"


def _sample(kind: kinds.Kind, number: int) -> Any:
    """A value that no other fact of the same occasion has, by the place of the fact."""
    day = date(2025, 4, 1) + timedelta(days=number)
    samples: dict[kinds.Kind, Any] = {
        kinds.TEXT: f"見本の値{number:02d}番",
        kinds.TEXTS: [f"一つ目の値{number:02d}番", f"二つ目の値{number:02d}番"],
        kinds.CHOICE: Choice.ONE,
        kinds.FLAG: True,
        kinds.COUNT: 450 + number,
        kinds.YEN: 123400 + number,
        kinds.DAY: day,
        kinds.OPEN_DAY: day,
        kinds.MONTH: date(2020 + number, 2, 1),
        kinds.MOMENT: datetime(2025, 5, 1 + number, 0, 30, tzinfo=UTC),
        kinds.FEES: [(f"基本料{number:02d}番", 4500), (f"工事費{number:02d}番", 20000)],
    }
    return samples[kind]


def sample_facts(occasion: Occasion, *, optional: bool) -> dict[str, Any]:
    """Facts for an occasion: all of them, or only those it demands, with every open day left open."""
    wanted = {**occasion.facts, **(occasion.optional if optional else {})}
    facts = {name: _sample(kind, number) for number, (name, kind) in enumerate(wanted.items(), start=1)}
    if optional:
        return facts
    return facts | {name: None for name, kind in occasion.facts.items() if kind.open_ended}


@pytest.fixture
def taro(db) -> Subscriber:
    return subscriber()


def subscriber(**facts: Any) -> Subscriber:
    """A person who is told things by e-mail."""
    given = {
        "kind": "person",
        "name": "見本 太郎",
        "name_kana": "ミホン タロウ",
        "email": "taro@example.jp",
        "phone": "03-1234-5678",
        "postal_code": "1500001",
        "prefecture": "東京都",
        "city": "渋谷区",
        "town": "神宮前1-2-3",
        "building": "見本ハイツ101",
        "registered_on": date(2025, 1, 1),
    }
    return Subscriber.objects.create(**given | facts)


@pytest.fixture
def partner(db) -> Partner:
    return Partner.objects.create(
        code="docomo", name="見本モバイル", role="billing_operator", email="desk@partner.example"
    )


def tell(recipient: Subscriber | Partner, **changes: Any) -> Notice:
    """A notice of suspension to ``recipient``, about themselves for want of anything else."""
    facts = SUSPENSION | changes.pop("facts", {})
    given = {
        "occasion": "suspension_notice",
        "recipient": recipient,
        "about": recipient,
        "article": ARTICLE,
        "at": AT,
    }
    return send_notice(**given | {"facts": facts} | changes)


def after(**time: float) -> datetime:
    """A moment so long after AT."""
    return AT + timedelta(**time)


def free_port() -> int:
    """A port of this machine at which nobody answers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Answers:
    """A mail server's answers, by the command; each list is used up, then it is content."""

    def __init__(self) -> None:
        self.mail: list[str] = []
        self.rcpt: list[str] = []
        self.data: list[str] = []
        self.sessions: set[int] = set()
        self.taken: list[Envelope] = []

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.sessions.add(id(session))
        if self.mail:
            return self.mail.pop(0)
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.rcpt:
            return self.rcpt.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.data:
            answer = self.data.pop(0)
            if answer != "hang up":
                return answer
            server.transport.close()
            return "421 bye"
        self.taken.append(envelope)
        return f"250 taken as {len(self.taken)}"


@pytest.fixture
def server(settings):
    """A mail server whose answers the test sets."""
    answers = Answers()
    controller = Controller(answers, hostname="127.0.0.1", port=free_port())
    controller.start()
    settings.EMAIL_HOST, settings.EMAIL_PORT = controller.hostname, controller.port
    yield answers
    controller.stop()
