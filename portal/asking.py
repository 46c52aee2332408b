"""What a subscriber is about to ask for: under which document, in which form it may come in, and what it would mean."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from billing.request_preview import RequestPreview, preview_request
from billing.services.give_explanation import prices_of
from contracts.addresses import address_warning
from contracts.guards.explanation import is_owed
from contracts.kinds import kind_of
from contracts.kinds.kind import RequestKind
from contracts.models import Contract, Request, Subscriber
from contracts.services.send_request import send_request
from portal.answers import AskingForm, ask
from portal.forms.requests import LastWordForm
from terms.document import EvidenceTerms, RequestTerms
from terms.errors import NoSuchRule
from terms.explanation import ExplanationDuty
from terms.pack import Pack
from terms.registry import pack_for, statute
from terms.rules.termination_notice_deadline import TerminationNoticeDeadline, earliest_ending
from workflow.models import User


@dataclass(frozen=True)
class Wish:
    """A request of one kind before it is sent; ``contract`` is None for a new one, ``details`` until the form was filled in."""

    kind: str
    subscriber: Subscriber
    terms_code: str
    contract: Contract | None
    on: date
    details: Mapping[str, Any] | None = None

    @cached_property
    def asked(self) -> RequestKind:
        """What the kind asks for."""
        return kind_of(self.kind)

    @cached_property
    def pack(self) -> Pack:
        """The document in the version of the day."""
        if self.contract is not None:
            return self.contract.pack(self.on)
        return pack_for(self.terms_code, self.on, earliest=True)

    @property
    def terms(self) -> RequestTerms | None:
        """What the document says of such a request."""
        return self.asked.terms(self.pack)

    @property
    def written(self) -> bool:
        """Whether the document asks for paper, for what was filled in."""
        if self.terms is None:
            return False
        form = self.terms.form if self.details is None else self.asked.form(self.terms, self.details)
        return form == "written"

    @property
    def papers(self) -> tuple[EvidenceTerms, ...]:
        """The papers that go with it, and those for which the operator may ask."""
        return self.terms.evidence if self.terms else ()

    @property
    def answer_waits(self) -> bool:
        """Whether the answer waits for some of the papers."""
        return any(not paper.on_demand for paper in self.papers)

    @property
    def duty(self) -> ExplanationDuty | None:
        """The duty to explain the conditions to this consumer before it is sent; the page that weighs it does so."""
        law = statute(self.on, earliest=True)
        return is_owed(law, holder=self.subscriber.kind, kind=self.kind, details=self.details or {})

    @property
    def earliest_end(self) -> date | None:
        """For an ending declared today: its first possible last day."""
        if "ends_on" not in self.asked.needs:
            return None
        try:
            return earliest_ending(self.pack.rule(TerminationNoticeDeadline), self.on)
        except NoSuchRule:
            return self.on

    def preview(self, form: AskingForm, *, by: User, at: datetime) -> RequestPreview | None:
        """What would come of it; None where it is not possible, and the form then says why. Changes nothing."""
        return ask(form, preview_request, **self._arguments(by, at, written=self.written))

    def send(self, form: AskingForm, last: LastWordForm, *, by: User, at: datetime) -> Request | None:
        """The request as received; None where it is not possible, and the form then says why."""
        explained = None
        if self.duty:
            preview = self.preview(form, by=by, at=at)
            if preview is None:
                return None
            explained = prices_of(preview)
        arguments = self._arguments(by, at, written=False)
        return ask(form, send_request, papers=last.files_by_code(), explained=explained, **arguments)

    def _arguments(self, by: User, at: datetime, *, written: bool) -> dict[str, Any]:
        return {
            "by": by,
            "at": at,
            "kind": self.kind,
            "subscriber": self.subscriber,
            "terms_code": self.terms_code,
            "form": Request.Form.WRITTEN if written else Request.Form.WEB,
            "details": self.details,
            "contract": self.contract,
        }


def place_warning(details: Mapping[str, Any]) -> str | None:
    """A warning where the postal code does not fit the place."""
    if "postal_code" not in details or "prefecture" not in details:
        return None
    return address_warning(details["postal_code"], details["prefecture"], details.get("city", ""))
