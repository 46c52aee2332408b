"""/mail/: for staff, the mails that the local mail server kept instead of delivering them."""

from urllib.parse import quote

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.views.decorators import staff_member_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from config import mail_sink, mailbox
from config.mailbox import Mail


@require_safe
@staff_member_required
def mail_list(request: HttpRequest) -> HttpResponse:
    """All mails, the newest first, 50 a page."""
    kept = mail_sink.folder(settings.RUN_FOLDER)
    page = Paginator(mailbox.names(kept), 50).get_page(request.GET.get("page"))
    context = {
        **admin.site.each_context(request),
        "title": _("Mails kept here"),
        "page": page,
        "mails": list(mailbox.read_all(kept, list(page.object_list))),
    }
    return render(request, "config/mail_list.html", context)


@require_safe
@staff_member_required
def mail_detail(request: HttpRequest, name: str) -> HttpResponse:
    """One mail: its headers, its text, its attachments by number."""
    mail = _mail(name)
    context = {**admin.site.each_context(request), "title": mail.subject, "mail": mail}
    return render(request, "config/mail_detail.html", context)


@require_safe
@staff_member_required
def mail_attachment(request: HttpRequest, name: str, number: int) -> HttpResponse:
    """One attachment, always as a download: what a mail carries never runs as a page of ours."""
    attachments = _mail(name).attachments
    if not 1 <= number <= len(attachments):
        raise Http404(_("This mail has no such attachment."))
    attachment = attachments[number - 1]
    return HttpResponse(
        attachment.content,
        content_type="application/octet-stream",
        headers={"Content-Disposition": f"attachment; filename*=UTF-8''{quote(attachment.name)}"},
    )


def _mail(name: str) -> Mail:
    try:
        return mailbox.read(mail_sink.folder(settings.RUN_FOLDER), name)
    except FileNotFoundError as error:
        raise Http404(_("There is no such mail.")) from error


urlpatterns = [
    path("", mail_list, name="mail_list"),
    path("<slug:name>/", mail_detail, name="mail_detail"),
    path("<slug:name>/attachments/<int:number>", mail_attachment, name="mail_attachment"),
]
