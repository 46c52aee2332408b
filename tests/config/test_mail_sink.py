import smtplib
import socket
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller
from django.urls import reverse

from config import mail_sink, mailbox


@pytest.fixture
def kept(settings):
    folder = mail_sink.folder(settings.RUN_FOLDER)
    yield folder
    for path in folder.glob("*"):
        path.unlink()


@pytest.fixture
def sink(kept):
    """The sink as `make run` starts it, on a free port; sends a message to it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(mail_sink.Sink(kept), hostname="127.0.0.1", port=port)
    controller.start()

    def send(message, *recipients):
        with smtplib.SMTP("127.0.0.1", port) as client:
            client.send_message(message, to_addrs=recipients)

    yield send
    controller.stop()


@pytest.fixture
def message():
    mail = EmailMessage()
    mail["From"] = "no-reply@example.jp"
    mail["To"] = "customer@example.jp"
    mail["Subject"] = "料金のお知らせ"
    mail["Date"] = "Sat, 21 Nov 2026 09:00:00 +0900"
    mail.set_content("お支払いの期限は11月30日です。")
    mail.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="請求書.pdf")
    return mail


@pytest.fixture
def staff(client, django_user_model):
    client.force_login(django_user_model.objects.create_user("staff", is_staff=True))
    return client


def test_a_message_is_kept_as_it_was_sent(sink, message, kept):
    sink(message, "customer@example.jp", "copy@example.jp")
    (name,) = mailbox.names(kept)
    mail = mailbox.read(kept, name)
    assert mail.subject == "料金のお知らせ"
    assert mail.recipients == "customer@example.jp, copy@example.jp"
    assert mail.sent_at.isoformat() == "2026-11-21T09:00:00+09:00"
    assert mail.text == "お支払いの期限は11月30日です。\n"
    assert [(part.name, part.content) for part in mail.attachments] == [("請求書.pdf", b"%PDF-1.7")]


def test_a_domain_that_does_not_exist_is_refused_for_good(sink, message, kept):
    with pytest.raises(smtplib.SMTPRecipientsRefused) as refused:
        sink(message, f"customer@{mail_sink.NOWHERE}")
    assert [code for code, _said in refused.value.recipients.values()] == [550]
    assert not mailbox.names(kept)


def test_a_server_that_lets_strangers_wait_takes_the_second_attempt(sink, message, kept):
    with pytest.raises(smtplib.SMTPRecipientsRefused) as refused:
        sink(message, f"customer@{mail_sink.SLOW}")
    assert [code for code, _said in refused.value.recipients.values()] == [451]
    sink(message, f"customer@{mail_sink.SLOW}")
    assert len(mailbox.names(kept)) == 1


def test_mails_are_listed_the_newest_first(sink, message, kept):
    for subject in ("1", "2", "3"):
        message.replace_header("Subject", subject)
        sink(message, "customer@example.jp")
    assert [mailbox.read(kept, name).subject for name in mailbox.names(kept)] == ["3", "2", "1"]


@pytest.mark.parametrize("name", ["../secret_key", "..", "a/b", "none", ""])
def test_only_names_of_mails_are_read(kept, name):
    with pytest.raises(FileNotFoundError):
        mailbox.read(kept, name)


@pytest.mark.django_db
def test_staff_read_a_mail_and_download_what_it_carries(sink, message, kept, staff):
    sink(message, "customer@example.jp")
    (name,) = mailbox.names(kept)

    listed = staff.get(reverse("mail_list")).content.decode()
    assert "料金のお知らせ" in listed
    assert reverse("mail_detail", args=[name]) in listed

    read = staff.get(reverse("mail_detail", args=[name])).content.decode()
    assert "お支払いの期限は11月30日です。" in read
    assert "請求書.pdf" in read

    attachment = staff.get(reverse("mail_attachment", args=[name, 1]))
    assert attachment.content == b"%PDF-1.7"
    assert attachment["Content-Disposition"].startswith("attachment")


@pytest.mark.django_db
def test_what_a_mail_says_is_shown_as_text(sink, message, kept, staff):
    message.replace_header("Subject", "<script>alert(1)</script>")
    sink(message, "customer@example.jp")
    (name,) = mailbox.names(kept)
    for page in (reverse("mail_list"), reverse("mail_detail", args=[name])):
        assert "<script>alert(1)" not in staff.get(page).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/mail/none/", "/mail/none/attachments/1"])
def test_a_mail_that_is_not_there_is_not_found(staff, address):
    assert staff.get(address).status_code == 404


@pytest.mark.django_db
def test_mails_are_for_staff_only(client, django_user_model):
    client.force_login(django_user_model.objects.create_user("customer"))
    for address in ("/mail/", "/mail/x/", "/mail/x/attachments/1"):
        answer = client.get(address)
        assert answer.status_code == 302
        assert "/mail/" not in answer["Location"].partition("?")[0]
