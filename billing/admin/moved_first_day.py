"""Moves of the tariff month: proposed on a document, decided by a second person."""

from collections.abc import Iterable

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from billing.models import MovedFirstDay
from billing.models.moved_first_day import MOVE
from billing.services.move_first_day import approve_move, move_first_day, moves_by, reject_move
from terms.article import ArticleRef
from terms.registry import registry
from workflow.staff import cells
from workflow.staff.button_form import DayField, ReasonForm, today
from workflow.staff.buttons import Button, Done, Effect, Press
from workflow.staff.filters import DocumentFilter
from workflow.staff.proposals import ProposalAdmin
from workflow.staff.second_person import decision_buttons


class MoveForm(ReasonForm):
    """From when on, which also says on which day of the month."""

    terms_code = ""
    since = DayField(
        label=_("first day of the new tariff months"),
        help_text=_(
            "Tariff months begin on this day of each month from then on; the one before is charged by its days."
        ),
    )

    field_order = ["since", "reason"]


def _propose(press: Press) -> Done:
    move = move_first_day(terms_code=press.form.terms_code, by=press.by, at=press.at, **press.data)
    return Done(message=_("A second person is asked."), go_to=move)


def _approve(press: Press) -> Done:
    approve_move(move=press.obj, by=press.by, at=press.at)
    return Done(message=_("The first day of the tariff month is moved."))


def _reject(press: Press) -> Done:
    reject_move(move=press.obj, by=press.by, at=press.at, reason=press.data["reason"])
    return Done(message=_("Rejected."))


def propose_buttons() -> list[Button]:
    """One for each document that lets the operator move its tariff months."""
    documents = [registry().pack_for(code, today(), earliest=True) for code in registry().codes()]
    return [_button(pack.code, article) for pack in documents if (article := moves_by(pack))]


def _button(code: str, article: ArticleRef) -> Button:
    return Button(
        name=f"propose-{code}",
        label=registry().latest(code).title,
        permission="billing.add_movedfirstday",
        menu=_("Propose a move"),
        menu_says_it=True,
        form=MoveForm.about(terms_code=code),
        run=_propose,
        effects=lambda obj: [
            Effect(text=_("Nothing is moved yet: a second person decides on the proposal."), article=article)
        ],
    )


def _moving(move: MovedFirstDay) -> Iterable[Effect]:
    yield Effect(
        text=_("The tariff month before is charged by its days, out of those it would have had."),
        article=move.article,
    )
    yield Effect(text=_("It is posted for all to read."), article=move.article)


@admin.register(MovedFirstDay)
class MovedFirstDayAdmin(ProposalAdmin):
    list_display = ["id", "decision_badge", "terms", "since", "decided_on", "article_link"]
    list_display_links = ["id"]
    list_filter = [DocumentFilter]
    fields = ["terms", "since", "reason", "article_link", "decided_on", "posting_link"]
    buttons = decision_buttons(
        MOVE, permission="billing.change_movedfirstday", approve=_approve, reject=_reject, effects=_moving
    )

    def all_list_buttons(self) -> list[Button]:
        return propose_buttons()

    @admin.display(description=_("posting"))
    def posting_link(self, move: MovedFirstDay) -> str:
        return cells.link(move.posting)
