"""Issue an approved run: numbers without gaps, due days, recipients, notices."""

from collections.abc import Iterable
from datetime import date, datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from billing.models import BillingRun, DuePolicy, Invoice, InvoiceCounter, Payment
from billing.rating.due import due_date
from billing.services.allocate_credit import allocate_credit
from billing.services.tell_of_invoices import tell_of_invoices
from contracts.moments import japan_date
from terms.registry import statute
from terms.rules.registration_number import RegistrationNumber, RegistrationNumberFacts, registration_number
from workflow.errors import WrongState
from workflow.models import StateChange, User
from workflow.services.perform import perform


def issue_run(*, run: BillingRun, by: User, at: datetime) -> BillingRun:
    """Issue every draft of the run at ``at``, chunk by chunk, each in its own transaction.

    A claim that a billing operator collects is assigned at once, an invoice of 0 yen settled; credit on the account is
    set against the others. Safe to call again after a crash: what is issued stays issued, and numbers go on.
    WrongState unless the run is approved; ValidationError where a due-date policy or a valid registration number is
    missing, and then nothing is issued.
    """
    run.refresh_from_db()
    if run.state != BillingRun.State.APPROVED:
        raise WrongState(_("The run of %(month)s is “%(state)s”; only an approved run is issued.") % _of(run))
    on = japan_date(at)
    number = _registration_number(on)
    due = _due_days(run, on)
    for first, last in run.chunks.order_by("first_account").values_list("first_account", "last_account"):
        with transaction.atomic():
            _issue_accounts(run, by, at, on, number, due, first, last)
    with transaction.atomic():
        run.refresh_from_db(from_queryset=BillingRun.objects.select_for_update(of=("self",)))
        if run.state == BillingRun.State.APPROVED:
            perform(run, "issue", by=by, on=on)
    return run


def _issue_accounts(
    run: BillingRun,
    by: User,
    at: datetime,
    on: date,
    number: str,
    due: dict[str, date],
    first: int,
    last: int,
) -> None:
    issued = _number(run, on, number, due, first, last)
    if not issued:
        return
    invoices = (
        Invoice.objects.filter(pk__in=issued)
        .select_related("account__subscriber", "partner")
        .order_by("number")
    )
    _record_assigned_and_settled(invoices, by, on)
    tell_of_invoices(invoices=[each for each in invoices if each.state == Invoice.State.ISSUED], at=at)
    payments = Payment.objects.filter(account__id__range=(first, last), allocated__lt=F("amount")).order_by(
        "account_id"
    )
    for account_id in payments.values_list("account_id", flat=True).distinct():
        allocate_credit(account_id=account_id, by=by, at=at)


def _number(run: BillingRun, on: date, number: str, due: dict[str, date], first: int, last: int) -> list[int]:
    """Number the drafts of the accounts, one after the other, and return their IDs."""
    InvoiceCounter.objects.get_or_create(month=run.month)
    # Locked until the commit: a number that was taken is used, or nobody ever sees it.
    counter = InvoiceCounter.objects.select_for_update().get(month=run.month)
    with connection.cursor() as cursor:
        cursor.execute(
            _ISSUE,
            {
                "run": run.pk,
                "first": first,
                "last": last,
                "on": on,
                "prefix": f"{run.month:%Y%m}-",
                "counter": counter.last,
                "registration": number,
                "codes": list(due),
                "days": list(due.values()),
            },
        )
        issued = [row[0] for row in cursor.fetchall()]
    counter.last += len(issued)
    counter.save()
    return issued


_ISSUE = """
WITH numbered AS (
    SELECT id, row_number() OVER (ORDER BY account_id, terms_code, partner_id NULLS FIRST) AS place
      FROM billing_invoice
     WHERE run_id = %(run)s AND state = 'draft' AND account_id BETWEEN %(first)s AND %(last)s
)
UPDATE billing_invoice invoice
   SET state = CASE WHEN invoice.total = 0 THEN 'settled' WHEN invoice.partner_id IS NOT NULL THEN 'assigned'
                    ELSE 'issued' END,
       number = %(prefix)s || to_char(%(counter)s + numbered.place, 'FM000000'),
       issued_on = %(on)s,
       due_on = due.day,
       recipient = subscriber.name,
       address = concat_ws(' ', '〒' || left(subscriber.postal_code, 3) || '-' || substr(subscriber.postal_code, 4),
                           subscriber.prefecture || subscriber.city || subscriber.town, NULLIF(subscriber.building, '')),
       registration_number = %(registration)s
  FROM numbered, billing_billingaccount account, contracts_subscriber subscriber,
       unnest(%(codes)s::text[], %(days)s::date[]) AS due (code, day)
 WHERE invoice.id = numbered.id AND account.id = invoice.account_id AND subscriber.id = account.subscriber_id
   AND due.code = invoice.terms_code
RETURNING invoice.id
"""


def _record_assigned_and_settled(invoices: Iterable[Invoice], by: User, on: date) -> None:
    """The state changes of what did not stay issued; that the others were issued, the run's own change says."""
    transitions = {Invoice.State.ASSIGNED: "assign", Invoice.State.SETTLED: "settle"}
    StateChange.objects.bulk_create(
        StateChange(
            subject=invoice,
            transition=transitions[state],
            source=Invoice.State.ISSUED,
            target=state,
            on=on,
            by=by,
        )
        for invoice in invoices
        if (state := Invoice.State(invoice.state)) in transitions
    )


def _due_days(run: BillingRun, on: date) -> dict[str, date]:
    """The due day of each document that has drafts. ValidationError for one without a policy."""
    found = {}
    for code in (
        run.invoices.filter(state=Invoice.State.DRAFT)
        .values_list("terms_code", flat=True)
        .distinct()
        .order_by()
    ):
        policy = DuePolicy.objects.filter(terms_code=code, valid_from__lte=on).order_by("-valid_from").first()
        if policy is None:
            raise ValidationError(
                _("There is no due-date policy for %(terms)s on %(day)s. Enter one.")
                % {"terms": code, "day": on}
            )
        found[code] = due_date(
            month=run.month, months_after=policy.months_after, day=policy.day, issued_on=on
        )
    return found


def _registration_number(on: date) -> str:
    number = settings.OPERATOR_REGISTRATION_NUMBER
    rule = statute(on).rule(RegistrationNumber)
    if not registration_number(rule, RegistrationNumberFacts(number=number)).valid:
        raise ValidationError(
            _(
                "OPERATOR_REGISTRATION_NUMBER “%(number)s” is no registration number: T and 13 digits with a check digit."
            )
            % {"number": number}
        )
    return str(number)


def _of(run: BillingRun) -> dict[str, object]:
    return {"month": run, "state": run.get_state_display()}
