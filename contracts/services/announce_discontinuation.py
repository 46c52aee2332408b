"""Announce the end of a service: post it, tell everybody concerned, and declare the ending of their contracts."""

from datetime import date, datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from contracts.guards.discontinuation import (
    DiscontinuationFacts,
    discontinuation_of,
    ending_article,
    may_discontinue,
    tell_by,
)
from contracts.models import Contract, ContractOption, Discontinuation, Ending, Product, Subscriber
from contracts.models.contract import LIVE_STATES
from contracts.moments import japan_date, start_of
from contracts.services.declare_ending import declare_ending
from contracts.services.note_change import note_change
from notices.facts import day_words
from notices.models import Notice, Posting
from notices.services.post import post
from notices.services.send_notice import send_notice
from terms.article import ArticleRef
from terms.calendar import DAY
from terms.document import DiscontinuationNotice
from terms.registry import pack_for, statute
from workflow.errors import Refused
from workflow.models import User
from workflow.selectors import clock_user
from workflow.services.perform import perform

DISCONTINUED = "discontinuation"
"""The ground of the endings, and in billing the cause for which a document asks no fee."""


def announce_discontinuation(*, discontinuation: Discontinuation, by: User, at: datetime) -> Discontinuation:
    """The end of the service is posted at ``at`` and told to every subscriber concerned; nothing of it is offered any more.

    Each contract ends by itself with the last day, once its notice was dispatched in the time of the document; what stands
    beside it follows. Options end with the last day. Refused where the document's or the law's time, ground or
    notification of the minister is not kept. WrongState once announced.
    """
    on = japan_date(at)
    pack, law = pack_for(discontinuation.terms_code, on), statute(on)
    refusal = may_discontinue(
        pack,
        law,
        DiscontinuationFacts(
            announced_on=on,
            last_day=discontinuation.last_day,
            ground=discontinuation.ground,
            reason=discontinuation.reason,
            upstream_ends=discontinuation.upstream_ends,
            contracts=contracts_concerned(discontinuation).count(),
            designated=discontinuation.designated,
            minister_told_on=discontinuation.minister_told_on,
        ),
    )
    if refusal:
        raise Refused(refusal)
    article = ArticleRef.parse(discontinuation.article)
    with transaction.atomic():
        posting = _post(discontinuation, article, at)
        perform(discontinuation, "announce", by=by, on=on, article=article, at=at, posting=posting)
        products_concerned(discontinuation).update(offered=False)
        tell_those_concerned(discontinuation=discontinuation, by=by, on=on)
    return discontinuation


def tell_those_concerned(*, discontinuation: Discontinuation, by: User, on: date) -> int:
    """Tell everybody who does not know yet, and declare what ends; returns how many. Safe to run twice."""
    pack = pack_for(discontinuation.terms_code, on)
    table, count = discontinuation_of(pack, statute(on)), 0
    announced_on = japan_date(discontinuation.announced_at) if discontinuation.announced_at else on
    deadline = tell_by(pack, announced_on, discontinuation.last_day, discontinuation.upstream_ends)
    for contract in contracts_concerned(discontinuation).select_related("subscriber", "product", "partner"):
        declare_ending(
            contract=contract,
            by=by,
            on=on,
            ended_by=Ending.By.AUTOMATIC,
            ground=DISCONTINUED,
            reason=discontinuation.reason,
            ends_on=discontinuation.last_day,
            article=ending_article(table),
            notice=_tell(discontinuation, contract, contract.product, table, on),
            told_by=deadline,
        )
        count += 1
    for option in _options(discontinuation).select_related("contract__subscriber", "product"):
        option.ends_on = discontinuation.last_day
        option.save(update_fields=["ends_on"])
        note_change(
            option.contract,
            "announce_option_end",
            by=by,
            on=on,
            reason=option.product.name,
            article=table.article,
        )
        _tell(discontinuation, option.contract, option.product, table, on)
        count += 1
    return count


def carry_out_discontinuations(*, on: date) -> int:
    """Each night: tell those who came later, and close what is over; returns how many discontinuations are done."""
    done = 0
    for each in Discontinuation.objects.filter(state=Discontinuation.State.ANNOUNCED):
        if on <= each.last_day:
            tell_those_concerned(discontinuation=each, by=clock_user(), on=on)
            continue
        _keep_untold_options(each, on=on)
        if not _of_its_products(each).exists():
            perform(each, "carry_out", by=clock_user(), on=on, article=ArticleRef.parse(each.article))
            done += 1
    return done


def _keep_untold_options(discontinuation: Discontinuation, *, on: date) -> None:
    """An option whose notice did not leave the house by the last day goes on: it ends only after it was told."""
    table = discontinuation_of(pack_for(discontinuation.terms_code, on), statute(on))
    notices = Notice.objects.filter(
        about_type=ContentType.objects.get_for_model(Discontinuation),
        about_id=discontinuation.pk,
        recipient_type=ContentType.objects.get_for_model(Subscriber),
        recipient_id=OuterRef("contract__subscriber_id"),
    )
    in_time = notices.filter(dispatched_at__lt=start_of(discontinuation.last_day + DAY))
    untold = ContractOption.objects.filter(
        Exists(notices),
        product__in=products_concerned(discontinuation),
        ends_on=discontinuation.last_day,
        contract__state__in=LIVE_STATES,
    ).exclude(Exists(in_time))
    for option in untold.select_related("contract", "product"):
        option.ends_on = None
        option.save(update_fields=["ends_on"])
        reason = f"{option.product.name}：終了の通知が期限までに発送されていない"
        note_change(
            option.contract, "keep_option", by=clock_user(), on=on, reason=reason, article=table.article
        )


def products_concerned(discontinuation: Discontinuation) -> QuerySet[Product]:
    """The products that end: those named, or all of the document."""
    named = discontinuation.products.all()
    return named if named.exists() else Product.objects.filter(terms_code=discontinuation.terms_code)


def contracts_concerned(discontinuation: Discontinuation) -> QuerySet[Contract]:
    """The contracts for those products that go on beyond the last day, or to it without having been ended."""
    sooner = Ending.objects.filter(
        contract=OuterRef("pk"), withdrawn_on__isnull=True, ends_on__lte=discontinuation.last_day
    )
    return _of_its_products(discontinuation).exclude(Exists(sooner)).order_by("pk")


def _of_its_products(discontinuation: Discontinuation) -> QuerySet[Contract]:
    return Contract.objects.filter(product__in=products_concerned(discontinuation), state__in=LIVE_STATES)


def _options(discontinuation: Discontinuation) -> QuerySet[ContractOption]:
    """Options of contracts that go on without them."""
    return ContractOption.objects.filter(
        product__in=products_concerned(discontinuation),
        ends_on__isnull=True,
        contract__state__in=LIVE_STATES,
    ).exclude(contract__in=_of_its_products(discontinuation))


def _tell(
    discontinuation: Discontinuation,
    contract: Contract,
    product: Product,
    table: DiscontinuationNotice,
    on: date,
) -> Notice:
    facts: dict[str, Any] = {
        "service": product.name,
        "reason": discontinuation.reason or "当社の都合",
        "ends_on": discontinuation.last_day,
        "contract_number": contract.number,
    }
    if discontinuation.alternative:
        facts["alternative"] = discontinuation.alternative
    return send_notice(
        occasion="discontinuation_announced",
        recipient=contract.subscriber,
        about=discontinuation,
        article=table.article,
        facts=facts,
        at=start_of(on),
        channel=Notice.Channel.LETTER if table.written else None,
    )


def _post(discontinuation: Discontinuation, article: ArticleRef, at: datetime) -> Posting:
    names = "\n".join(f"・{product.name}" for product in products_concerned(discontinuation))
    lines = [f"次のサービスの提供を{day_words(discontinuation.last_day)}をもって終了します。", names]
    if discontinuation.reason:
        lines.append(f"理由：{discontinuation.reason}")
    if discontinuation.upstream and discontinuation.upstream_ends:
        lines.append(
            f"{discontinuation.upstream}の終了（{day_words(discontinuation.upstream_ends)}）に伴うものです。"
        )
    return post(
        category=Posting.Category.DISCONTINUATION,
        title="サービスの提供終了について",
        body="\n".join(lines),
        article=article,
        at=at,
    )
