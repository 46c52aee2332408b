"""Announcing an interruption: which lines, from when to when, on which ground of the document."""

from collections.abc import Iterable

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from contracts.admin.line_numbers import LineNumbersField
from contracts.models import Interruption, Line
from contracts.models.address import PREFECTURES
from contracts.services.announce_interruption import announce_interruption
from contracts.services.record_interruption_times import outage_credit_of, record_interruption_times
from terms.document import Interruption as Clause
from terms.registry import registry
from workflow.staff.button_form import ButtonForm, GroundField, MomentField, today
from workflow.staff.buttons import Button, Done, Effect, Press


class InterruptionForm(ButtonForm):
    """The lines are named one by one, or by the exchange or place that they hang on."""

    terms_code = ""
    title = forms.CharField(
        label=_("title"), max_length=120, help_text=_("In Japanese: it is posted as it stands.")
    )
    ground = GroundField()
    starts_at = MomentField(label=_("from"))
    ends_at = MomentField(label=_("until"))
    host_exchange = forms.CharField(label=_("All lines of the exchange"), max_length=60, required=False)
    prefecture = forms.ChoiceField(
        label=_("All lines in the prefecture"),
        choices=[("", "—"), *((name, name) for name in PREFECTURES)],
        required=False,
    )
    city = forms.CharField(label=_("… and city"), max_length=40, required=False)
    numbers = LineNumbersField(label=_("Or these lines"))
    urgent = forms.BooleanField(label=_("urgent"), required=False, help_text=_("Without prior notice."))
    urgent_reason = forms.CharField(
        label=_("reason of the urgency"), widget=forms.Textarea(attrs={"rows": 2}), required=False
    )

    def set_up(self) -> None:
        table = clause(self.terms_code)
        ground = self.fields["ground"]
        assert isinstance(ground, GroundField)
        ground.offer(table.grounds if table else [])
        if table and not table.urgent_exception:
            del self.fields["urgent"], self.fields["urgent_reason"]

    def clean(self) -> None:
        data = self.cleaned_data
        if (
            not (data.get("host_exchange") or data.get("prefecture") or data.get("numbers"))
            and "numbers" not in self.errors
        ):
            self.add_error("numbers", _("Name the lines, or the exchange or prefecture that they hang on."))

    def lines(self) -> QuerySet[Line]:
        """The lines that were named."""
        data = self.cleaned_data
        found = Line.objects.filter(terms_code=self.terms_code)
        if data["numbers"]:
            return found.filter(number__in=data["numbers"])
        for column in ("host_exchange", "prefecture", "city"):
            if data[column]:
                found = found.filter(**{column: data[column]})
        return found


def clause(code: str) -> Clause | None:
    """What the document in force says of interruptions."""
    return registry().pack_for(code, today(), earliest=True).interruption


def _announce(press: Press) -> Done:
    form, data = press.form, press.data
    interruption = announce_interruption(
        by=press.by,
        at=press.at,
        terms_code=form.terms_code,
        title=data["title"],
        ground=data["ground"],
        starts_at=data["starts_at"],
        ends_at=data["ends_at"],
        lines=form.lines(),
        urgent=data.get("urgent", False),
        urgent_reason=data.get("urgent_reason", ""),
    )
    return Done(message=_("The interruption is announced."), go_to=interruption)


def _effects(table: Clause) -> Iterable[Effect]:
    if "web" in table.channels or "any" in table.channels:
        yield Effect(text=_("It is posted for all to read."), article=table.article)
    if set(table.channels) - {"web"}:
        yield Effect(text=_("Every subscriber whose line is concerned is told."), article=table.article)
    if table.urgent_exception:
        yield Effect(text=_("In an urgent case the notice may be left out."), article=table.article)


def announce_buttons() -> list[Button]:
    """One for each document under which there are lines and that provides for interruptions."""
    codes = [code for code in registry().codes() if not _has_no_lines(code)]
    return [_button(code, table) for code in codes if (table := clause(code))]


def _has_no_lines(code: str) -> bool:
    """A document about other contracts of the same holder, such as that of the API, has no lines of its own."""
    application = registry().latest(code).application
    return application is not None and application.same_holder_article is not None


def _button(code: str, table: Clause) -> Button:
    return Button(
        name=f"announce-{code}",
        label=registry().latest(code).title,
        permission="contracts.add_interruption",
        menu=_("Announce an interruption"),
        menu_says_it=True,
        form=InterruptionForm.about(terms_code=code),
        run=_announce,
        effects=lambda obj: _effects(table),
        fields={
            "no_such_ground": "ground",
            "no_urgent_exception": "urgent",
            "not_announced_first": "starts_at",
            "lines": "numbers",
            "ends_after_start": "ends_at",
            "urgent_without_reason": "urgent_reason",
        },
    )


class TimesForm(ButtonForm):
    """As it was announced, until somebody says how it was."""

    began = MomentField(label=_("really from"))
    ended = MomentField(label=_("really until"))
    unusable = forms.BooleanField(
        label=_("The lines could not be used at all meanwhile"),
        required=False,
        initial=True,
        help_text=_("Not so where only an option was interrupted, or the cause lay with the subscriber."),
    )

    def set_up(self) -> None:
        self.fields["began"].initial = self.obj.starts_at
        self.fields["ended"].initial = self.obj.ends_at
        if not self.obj.lines.exists():
            del self.fields["unusable"]


def _record_times(press: Press) -> Done:
    data = press.data
    count = record_interruption_times(
        interruption=press.obj,
        by=press.by,
        at=press.at,
        began=data["began"],
        ended=data["ended"],
        unusable=data.get("unusable", False),
    )
    return Done(message=_("Recorded, with %(count)s outages.") % {"count": count})


def _on_recording_times(interruption: Interruption) -> Iterable[Effect]:
    credit = outage_credit_of(interruption)
    if credit and interruption.lines.exists():
        yield Effect(
            text=_(
                "An outage of each line is recorded, for which the next invoice gives back what the document says."
            ),
            article=credit.article,
        )


record_times_button = Button(
    name="record-times",
    label=_("Record when it took place"),
    permission="contracts.change_interruption",
    possible=lambda interruption: interruption.ended is None,
    look="primary",
    form=TimesForm,
    run=_record_times,
    effects=_on_recording_times,
    fields={"ended_after_it_began": "ended"},
)
