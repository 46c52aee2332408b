"""Some newcomers of the demonstration cannot be reached by e-mail at once."""

from datetime import timedelta

from config import mail_sink
from config.demonstration import arrivals, mails
from config.demonstration.world import World, documents
from contracts.models import Subscriber
from notices.models import Notice
from notices.services.send_notice import send_notice
from terms.article import ArticleRef
from tests import factories
from tests.notices.conftest import SUSPENSION
from workflow.selectors import clock_user
from workflow.services.perform import perform


def weeks_pass(world: World) -> None:
    for _week in range(4):
        mails.put_right(world)
        world.today += timedelta(days=7)
        world.live_through()


def test_the_first_newcomers_have_one_address_of_each_sort(world: World) -> None:
    for _newcomer in range(3):
        arrivals.register(world, Subscriber.Kind.PERSON)
    domains = [each.email.partition("@")[2] for each in Subscriber.objects.order_by("pk")]
    assert domains == [mail_sink.NOWHERE, mail_sink.SLOW, "example.jp"]


def test_who_got_a_letter_instead_has_the_address_put_right(world: World) -> None:
    wrong = arrivals.register(world, Subscriber.Kind.PERSON)
    right = arrivals.register(world, Subscriber.Kind.PERSON)
    weeks_pass(world)
    assert world.tally["e-mail address put right"] == 0, "nothing has failed yet"
    for subscriber in (wrong, right):
        notice = send_notice(
            occasion="suspension_notice",
            recipient=subscriber,
            about=subscriber,
            article=ArticleRef("isp-access", "23-2"),
            facts=SUSPENSION,
            at=world.at(9),
        )
        if subscriber == wrong:
            perform(notice, "fail", by=clock_user(), on=world.today, reason="550")

    weeks_pass(world)

    wrong.refresh_from_db()
    assert wrong.email.endswith("@example.jp")
    right.refresh_from_db()
    assert right.email.endswith(f"@{mail_sink.SLOW}")


def test_post_that_comes_back_counts_as_received_where_the_document_says_so(world: World) -> None:
    subscriber = factories.subscriber()
    for pack in documents(world.today):
        notice = send_notice(
            occasion="suspension_notice",
            recipient=subscriber,
            about=subscriber,
            article=ArticleRef(pack.code, "1"),
            facts=SUSPENSION,
            at=world.at(9),
        )
        factories.dispatched(notice, world.today)
        world.attempt(lambda pack=pack: mails.come_back(world, pack))
    deemed = {
        pack.code for pack in documents(world.today) if pack.name_change and pack.name_change.deemed_notice
    }
    received = Notice.objects.filter(state=Notice.State.DEEMED_RECEIVED)
    assert {notice.article_ref.pack for notice in received} == deemed != set()
