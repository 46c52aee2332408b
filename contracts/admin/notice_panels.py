"""The notices to somebody, or about something, as a table."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from notices.models import Notice
from notices.selectors import notices_about, notices_to
from workflow.staff import cells
from workflow.staff.panels import Panel, Text, panel


def notices_to_panel(recipient: Model) -> Panel:
    """The notices that went to ``recipient``."""
    kind = ContentType.objects.get_for_model(recipient).pk
    return _panel(
        _("notices"),
        notices_to(recipient),
        cells.list_of(Notice, recipient_type=kind, recipient_id=recipient.pk),
    )


def notices_about_panel(about: Model) -> Panel:
    """The notices that were about ``about``."""
    kind = ContentType.objects.get_for_model(about).pk
    return _panel(
        _("notices"), notices_about(about), cells.list_of(Notice, about_type=kind, about_id=about.pk)
    )


def _panel(title: Text, notices: QuerySet[Notice], more: str) -> Panel:
    return panel(
        title,
        notices.order_by("-id"),
        [
            (_("notice"), cells.link),
            (_("state"), cells.state_badge),
            (_("occasion"), lambda notice: notice.get_occasion_display()),
            (_("article"), lambda notice: cells.article(notice.article)),
            (_("channel"), lambda notice: notice.get_channel_display()),
            (_("dispatched at"), lambda notice: cells.moment(notice.dispatched_at)),
        ],
        more=more,
    )
