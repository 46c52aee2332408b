"""A mail server that delivers nothing: it keeps each message as a file, for the pages at /mail/.

``python -m config.mail_sink`` listens on 127.0.0.1, port MAIL_PORT, until it is told to end.
"""

import os
import signal
import uuid
from datetime import UTC, datetime
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from config import env
from config.embedded import paths

NOWHERE, SLOW = "nowhere.invalid", "slow.example"
"""Domains of recipients as a sender meets them: one that does not exist (RFC 6761), one that lets strangers wait (RFC 6647)."""


def folder(run: Path) -> Path:
    """Where the messages of ``run`` are kept."""
    return run / "mail"


def store(into: Path, envelope: Envelope) -> Path:
    """Write one message as received, under a name that sorts by time, with its recipients as X-Envelope-To."""
    content = envelope.original_content or b""
    name = f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}-{uuid.uuid4().hex[:8]}"
    draft = into / f"{name}.part"
    draft.write_bytes(f"X-Envelope-To: {', '.join(envelope.rcpt_tos)}\r\n".encode() + content)
    # Only whole messages end in .eml.
    return draft.rename(into / f"{name}.eml")


class Sink:
    """aiosmtpd's handler: every message is stored in ``into``, but for the recipients at NOWHERE and the first one to each at SLOW."""

    def __init__(self, into: Path) -> None:
        self.into = paths.make_private(into)
        self._known: set[str] = set()

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        domain = address.rpartition("@")[2]
        if domain == NOWHERE:
            return "550 5.1.2 There is no such domain"
        if domain == SLOW and address not in self._known:
            self._known.add(address)
            return "451 4.7.1 Greylisted, try again later"
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        store(self.into, envelope)
        return "250 Message kept"


def main() -> None:
    port = env.integer("MAIL_PORT", default=8025, least=1, most=65535)
    into = folder(paths.run_folder())
    controller = Controller(Sink(into), hostname="127.0.0.1", port=port)
    controller.start()
    print(f"Keeping mails for 127.0.0.1:{port} in {os.path.relpath(into)}", flush=True)
    signal.sigwait({signal.SIGINT, signal.SIGTERM})
    controller.stop()


if __name__ == "__main__":
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    main()
