"""Write a notice in the transaction of what it announces; a worker sends it after the commit."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import partial
from typing import Any, Protocol

from django.db import connection, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from notices.article_words import article_words
from notices.errors import NoAddress
from notices.models import Notice
from notices.occasions import occasion as find_occasion
from notices.text import check_facts, kept_facts, render
from notices.wake import dispatch_all_soon, dispatch_soon
from terms.article import ArticleRef


class Recipient(Protocol):
    """Whoever can be told something: a Subscriber or a Partner."""

    pk: Any

    @property
    def notice_channel(self) -> str: ...
    @property
    def notice_address(self) -> str: ...
    @property
    def notice_name(self) -> str: ...


def write_notice(
    *,
    occasion: str,
    recipient: Recipient,
    about: models.Model,
    article: ArticleRef,
    facts: Mapping[str, Any],
    at: datetime,
    channel: str | None = None,
) -> Notice:
    """The notice of ``occasion`` to ``recipient``, checked and rendered, but not saved: for ``send_notices``.

    ``facts`` are those of notices/occasions, as dates, integers of yen and so on; ``article`` is what it rests on;
    ``channel`` overrides the recipient's own. Raises UnknownOccasion, FactsWrong, NoAddress, or TermsError for an article that
    its document does not have.
    """
    found = find_occasion(occasion)
    check_facts(found, facts)
    channel = channel or recipient.notice_channel
    words = article_words(article, timezone.localdate(at))
    text = render(found, facts, name=recipient.notice_name, article=words)
    return Notice(
        occasion=occasion,
        recipient=recipient,
        recipient_name=recipient.notice_name,
        about=about,
        article=str(article),
        channel=channel,
        address=_address(recipient, channel),
        subject=text.subject,
        body=text.body,
        facts=kept_facts(found, facts),
        written_at=at,
    )


def send_notice(
    *,
    occasion: str,
    recipient: Recipient,
    about: models.Model,
    article: ArticleRef,
    facts: Mapping[str, Any],
    at: datetime,
    channel: str | None = None,
) -> Notice:
    """Write the notice of ``occasion`` and have it sent once the surrounding transaction is committed.

    Arguments and errors as in ``write_notice``. When the broker does not answer, the scheduled sweep sends it.
    """
    notice = write_notice(
        occasion=occasion,
        recipient=recipient,
        about=about,
        article=article,
        facts=facts,
        at=at,
        channel=channel,
    )
    notice.save()
    if notice.channel == Notice.Channel.EMAIL:
        transaction.on_commit(partial(dispatch_soon, notice.pk))
    return notice


def send_notices(notices: Iterable[Notice]) -> int:
    """Save many notices of ``write_notice`` at once, by COPY; one sweep sends them all after the commit. How many."""
    fields = [field for field in Notice._meta.concrete_fields if not field.primary_key]
    rows, by_email = [], False
    for notice in notices:
        rows.append([field.get_db_prep_save(getattr(notice, field.attname), connection) for field in fields])
        by_email |= notice.channel == Notice.Channel.EMAIL
    columns = ", ".join(str(field.column) for field in fields)
    statement = f"COPY {Notice._meta.db_table} ({columns}) FROM STDIN"
    with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)
    if by_email:
        transaction.on_commit(dispatch_all_soon)
    return len(rows)


def _address(recipient: Recipient, channel: str) -> str:
    """The address for the channel; another than the recipient's own is looked for in ``email`` and ``full_address``."""
    if channel == recipient.notice_channel:
        address = recipient.notice_address
    else:
        known = {Notice.Channel.EMAIL: "email", Notice.Channel.LETTER: "full_address"}
        address = str(getattr(recipient, known[Notice.Channel(channel)], ""))
    if not address:
        raise NoAddress(
            _("%(name)s has no address for notices by %(channel)s; enter one first.")
            % {"name": recipient.notice_name, "channel": Notice.Channel(channel).label}
        )
    return address
