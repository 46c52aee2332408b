"""The notices that pressing a button would send, word for word."""

from collections.abc import Iterable

from django.utils.html import format_html
from django.utils.translation import gettext as _

from notices.models import Notice, Posting
from workflow.staff import cells
from workflow.staff.panels import Panel, panel
from workflow.staff.preview import watch


def start() -> None:
    """Show notices and postings in previews."""
    watch(_latest_notice, _notices_since)
    watch(_latest_posting, _postings_since)


def _latest_notice() -> int:
    return Notice.objects.order_by("-id").values_list("id", flat=True).first() or 0


def _latest_posting() -> int:
    return Posting.objects.order_by("-id").values_list("id", flat=True).first() or 0


def _notices_since(mark: int) -> Iterable[Panel]:
    yield panel(
        _("Notices that would be sent"),
        Notice.objects.filter(pk__gt=mark).order_by("id"),
        [
            (_("recipient"), lambda notice: notice.recipient_name),
            (_("address"), lambda notice: f"{notice.get_channel_display()}: {notice.address}"),
            (_("article"), lambda notice: cells.article(notice.article)),
            (
                _("text"),
                lambda notice: format_html(
                    '<strong>{}</strong><div class="staff-text" lang="ja">{}</div>',
                    notice.subject,
                    notice.body,
                ),
            ),
        ],
        as_cards=True,
    )


def _postings_since(mark: int) -> Iterable[Panel]:
    yield panel(
        _("What would be posted"),
        Posting.objects.filter(pk__gt=mark).order_by("id"),
        [
            (_("title"), lambda posting: posting.title),
            (
                _("text"),
                lambda posting: format_html('<div class="staff-text" lang="ja">{}</div>', posting.body),
            ),
            (_("article"), lambda posting: cells.article(posting.article)),
        ],
        as_cards=True,
    )
