"""What could not be delivered by e-mail goes out once more, as a letter."""

from datetime import datetime

from notices.models import Notice


def send_by_second_channel(*, notice: Notice, at: datetime) -> Notice | None:
    """The letter, written at ``at``, that repeats a notice which failed by e-mail for good; it names the notice it follows.

    None where it was no e-mail, where the recipient has no postal address (a partner), or where a second notice is there already.
    """
    address = str(getattr(notice.recipient, "full_address", ""))
    if (
        notice.channel != Notice.Channel.EMAIL
        or not address
        or Notice.objects.filter(follows=notice).exists()
    ):
        return None
    return Notice.objects.create(
        occasion=notice.occasion,
        recipient_type=notice.recipient_type,
        recipient_id=notice.recipient_id,
        recipient_name=notice.recipient_name,
        about_type=notice.about_type,
        about_id=notice.about_id,
        article=notice.article,
        channel=Notice.Channel.LETTER,
        address=address,
        subject=notice.subject,
        body=notice.body,
        facts=notice.facts,
        written_at=at,
        follows=notice,
    )
