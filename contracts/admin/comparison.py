"""Two versions of a document side by side, and what that means for which contracts; also before a version is published."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from contracts.models import Contract, TermsVersion
from contracts.models.contract import LIVE_STATES
from terms.comparison import Difference, compare
from terms.pack import Pack
from terms.registry import versions
from workflow.staff import cells
from workflow.staff.panels import Panel, panel
from workflow.staff.preview import watch

_KINDS = {"added": _("added"), "removed": _("removed"), "changed": _("changed")}
_TONES = {"added": "success", "removed": "danger", "changed": "warning"}
_SHOWN = 300


def version_before(pack: Pack) -> Pack | None:
    """The version that was in force before ``pack``, or None for the first one."""
    return next((found for found in reversed(versions(pack.code)) if found.effective < pack.effective), None)


def comparison_panels(version: TermsVersion) -> Iterable[Panel]:
    """What differs from the version before, and how many contracts move to it; nothing for the first version."""
    after = version.pack
    before = version_before(after)
    if before is None:
        return
    live = Contract.objects.filter(terms_code=version.terms_code, state__in=LIVE_STATES)
    moving = live.filter(formed_on__lt=version.effective)
    yield panel(
        _("Compared with the version of %(day)s") % {"day": cells.day_text(before.effective)},
        compare(before, after),
        [
            ("", lambda one: cells.badge(_KINDS[one.kind], _TONES[one.kind])),
            (_("Where"), lambda one: _where(version.terms_code, one)),
            (_("Version before"), lambda one: one.before or cells.EMPTY),
            (_("This version"), lambda one: one.after or cells.EMPTY),
        ],
        shown=_SHOWN,
        empty=_("Nothing differs but the day."),
        note=_(
            "%(moving)s contracts move to it on %(day)s; for %(individual)s of them some parameters are agreed otherwise."
        )
        % {
            "moving": f"{moving.count():,}",
            "day": cells.day_text(version.effective),
            "individual": f"{moving.filter(individual=True).count():,}",
        },
    )


def _where(code: str, one: Difference) -> object:
    if one.article:
        return cells.article(f"{code} {one.article}")
    return f"{one.table}.{one.key}" if one.table else one.key


def _latest() -> int:
    return TermsVersion.objects.order_by("-id").values_list("id", flat=True).first() or 0


def _since(mark: int) -> Iterable[Panel]:
    for version in TermsVersion.objects.filter(pk__gt=mark).order_by("id"):
        yield from comparison_panels(version)


watch(_latest, _since)
