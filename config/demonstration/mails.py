"""Reception: whose e-mail does not arrive. The system writes a letter instead, and the address is put right."""

from functools import partial

from config import mail_sink
from config.demonstration.world import World
from contracts.models import Subscriber
from contracts.services.change_contact import change_contact
from notices.models import Notice
from notices.selectors import notices_to
from notices.services.deem_received import deem_received
from notices.services.record_receipt import record_receipt
from notices.services.requeue_notice import requeue_notice
from terms.pack import Pack

MISTYPED, LATE = 0.01, 0.02
"""How many give an address that does not exist, and how many have a mail server that lets a stranger wait."""
WRONG, SLOW = "e-mail address mistyped", "e-mail address with a mail server that lets wait"


def address(world: World) -> str:
    """The e-mail address of the newcomer who was counted last; the first ones have one of each sort."""
    domain = "example.jp"
    for what, chance, other in ((WRONG, MISTYPED, mail_sink.NOWHERE), (SLOW, LATE, mail_sink.SLOW)):
        if not world.tally[what] or world.chance(chance):
            world.tally[what] += 1
            domain = other
            break
    return f"subscriber{world.tally['subscribers']:04d}@{domain}"


def put_right(world: World) -> None:
    """Who gets letters instead of e-mails calls within days, and says where the mails should have gone."""
    wrong = Subscriber.objects.filter(email__endswith=f"@{mail_sink.NOWHERE}").order_by("pk")
    for subscriber in wrong:
        if notices_to(subscriber).filter(state=Notice.State.FAILED).exists():
            world.within(1, 6, partial(_correct, world, subscriber))


def _correct(world: World, subscriber: Subscriber) -> None:
    change_contact(
        subscriber=subscriber,
        by=world.staff["reception"],
        contact_person=subscriber.contact_person,
        phone=subscriber.phone,
        email=subscriber.email.partition("@")[0] + "@example.jp",
        channel=subscriber.channel,
    )
    world.tally["e-mail address put right"] += 1
    failed = notices_to(subscriber).filter(state=Notice.State.FAILED).order_by("-pk").first()
    if failed is not None and world.lacks("moved", "notice requeue"):
        reason = "電子メールアドレスの訂正を受けたため"
        requeue_notice(
            notice=failed,
            by=world.staff["reception"],
            at=world.at(16),
            reason=reason,
            address=subscriber.email,
        )


def come_back(world: World, pack: Pack) -> None:
    """Somebody calls about a notice, and so has it. Post comes back, of somebody who did not report a new address: where the document
    says so, it counts as received."""
    sent = Notice.objects.filter(state=Notice.State.DISPATCHED, article__startswith=f"{pack.code} ")
    if world.lacks("moved", "notice receive") and sent.count() > 1:
        record_receipt(notice=sent.earliest("pk"), by=world.staff["reception"], at=world.at(14))
    name = f"notice deemed received: {pack.code}"
    if pack.name_change is None or not pack.name_change.deemed_notice or world.tally[name]:
        return
    if notice := sent.order_by("-pk").first():
        reason = "宛所に尋ね当たらず返送された。住所変更の届出はない"
        deem_received(notice=notice, by=world.staff["reception"], at=world.at(15), reason=reason)
        world.tally[name] += 1
