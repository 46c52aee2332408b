"""The works of a request on the staff side."""

from django.utils.translation import gettext_lazy as _

from contracts.admin.contract_buttons import foresee_work, plan
from contracts.admin.contract_forms import PlanWorkForm
from contracts.admin.told import told
from contracts.models import Request, Work
from workflow.staff import cells
from workflow.staff.buttons import Button, Effect
from workflow.staff.panels import Panel, panel

plan_button = Button(
    name="plan-work",
    label=_("Plan a work"),
    permission="contracts.add_work",
    possible=lambda request: request.state == Request.State.ACCEPTED and request.contract is not None,
    form=PlanWorkForm,
    run=plan,
    foresees=foresee_work,
    effects=lambda request: [
        Effect(
            text=_("A notice of the appointment goes to %(recipient)s.")
            % {"recipient": told(request.contract)}
        )
    ],
)


def works_panel(request: Request) -> Panel:
    """What is built for it."""
    return panel(
        _("works"),
        request.works.order_by("planned_at", "id"),
        [
            (_("work"), lambda work: cells.link(work, Work.Kind(work.kind).label)),
            (_("state"), cells.state_badge),
            (_("planned for"), lambda work: cells.moment(work.planned_at)),
            (_("done at"), lambda work: cells.moment(work.done_at)),
        ],
    )
