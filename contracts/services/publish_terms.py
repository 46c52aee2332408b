"""Publish a version of a document: from its effective day on it governs."""

from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from contracts.guards.terms_change import may_be_quicker, posted_in_time, terms_notice_of
from contracts.models import TermsVersion
from contracts.moments import japan_date
from contracts.pack_files import digest
from notices.facts import day_words
from notices.models import Posting
from notices.services.post import post
from terms.pack import Pack
from terms.refusal import Refusal
from terms.registry import pack_folders, registry, statute
from terms.worked_examples import run_for
from workflow.errors import Refused
from workflow.models import User


def publish_terms(
    *,
    pack: Pack,
    by: User,
    at: datetime,
    changes: Sequence[str] = (),
    without_waiting: str = "",
    beneficial: bool = False,
    in_force_before: bool = False,
    for_who_agrees: bool = False,
) -> TermsVersion:
    """The published version of ``pack``; a version after the first is posted for all to read at ``at``.

    ``changes``: what changes, in Japanese, a sentence each. ``without_waiting``: the reason for which the document lets
    the change take effect before the time it otherwise asks for (business-network 4). ``beneficial``: it is to the subscribers'
    benefit, where the document or the law has such a change told promptly afterwards (isp-access 2-3). ``in_force_before``: it was
    announced and took effect before this system was there, so that nothing is posted or waited for. ``for_who_agrees``: it is posted too
    late to bind everybody, and meant for those only who conclude a contract from then on or agree to it. Publishing the same file again
    changes nothing. ValidationError where the file of a published version was changed since; Refused where the
    effective day comes sooner than the document allows (unless ``for_who_agrees``), and where the version's worked examples do not
    all pass or it has none.
    """
    found = TermsVersion.objects.filter(terms_code=pack.code, effective=pack.effective).first()
    if found is not None:
        _check_unchanged(found, pack)
        return found
    first = not TermsVersion.objects.filter(terms_code=pack.code).exists()
    posting = None
    if not in_force_before:
        check_examples(pack)
    with transaction.atomic():
        if not (first or in_force_before or pack.law):
            if not for_who_agrees:
                _check_day(pack, at, beneficial=beneficial, without_waiting=bool(without_waiting))
            posting = _post(pack, at, changes, without_waiting, for_who_agrees=for_who_agrees)
        return TermsVersion.objects.create(
            terms_code=pack.code,
            effective=pack.effective,
            title=pack.title,
            operator=pack.operator,
            digest=digest(pack),
            posting=posting,
            in_force_before=first or in_force_before or pack.law,
            beneficial=beneficial,
            without_waiting=without_waiting,
            published_by=by,
            published_at=at,
        )


def _check_unchanged(version: TermsVersion, pack: Pack) -> None:
    if version.file_digest != digest(pack):
        raise ValidationError(
            _(
                "%(code)s effective %(day)s was published with another text (SHA-256 %(old)s…, now %(new)s…). A published "
                "version is never edited: restore the file, and add the change as a new version. A file that did not "
                "carry out what the document says is corrected by “manage.py load_terms --correct REASON”."
            )
            % {
                "code": pack.code,
                "day": pack.effective,
                "old": version.file_digest[:12],
                "new": digest(pack)[:12],
            }
        )


def check_examples(pack: Pack, *, some: bool = True) -> None:
    """Refused where the worked examples of a version do not all pass, and, with ``some``, where it has none."""
    outcomes = run_for(pack, registry(), pack_folders())
    where = pack.article(next(iter(pack.articles)))
    if some and not outcomes:
        raise Refused(
            Refusal(
                where,
                "no_examples",
                _(
                    "No worked example speaks of %(pack)s. Write some into %(code)s/examples/ beside the version's file, "
                    'with "version = %(day)s".'
                )
                % {"pack": pack, "code": pack.code, "day": pack.effective},
            )
        )
    failed = [outcome for outcome in outcomes if outcome.problems]
    if failed:
        raise Refused(
            Refusal(
                where,
                "examples_fail",
                _("%(failed)s of %(all)s worked examples of %(pack)s do not come out. %(first)s")
                % {"failed": len(failed), "all": len(outcomes), "pack": pack, "first": failed[0]},
            )
        )


def _check_day(pack: Pack, at: datetime, *, beneficial: bool, without_waiting: bool) -> None:
    law = statute(pack.effective, earliest=True)
    refusal = may_be_quicker(pack, law) if beneficial else None
    refusal = refusal or posted_in_time(
        pack, law, posted=japan_date(at), beneficial=beneficial, without_waiting=without_waiting
    )
    if refusal:
        raise Refused(refusal)


def _post(
    pack: Pack, at: datetime, changes: Sequence[str], without_waiting: str, *, for_who_agrees: bool
) -> Posting:
    article = terms_notice_of(pack, statute(pack.effective, earliest=True)).article
    day = pack.effective
    posted = japan_date(at)
    whom = "この版は、掲載の後にご契約になる方と、個別にご同意いただいた方に適用します。"
    lines = [
        f"「{pack.title}」を変更します。新しい約款は{day_words(max(day, posted) if for_who_agrees else day)}から適用します。",
        *([whom] if for_who_agrees else []),
        *changes,
    ]
    if without_waiting:
        lines.append(f"掲載から適用までの期間を置かない理由：{without_waiting}")
    return post(
        category=Posting.Category.TERMS,
        title=f"「{pack.title}」の変更について",
        body="\n".join(lines),
        article=article,
        at=at,
    )
