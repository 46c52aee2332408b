"""What the database itself refuses: to change the lines and taxes of an invoice that was issued."""

import pgtrigger

_REFUSE = "RAISE EXCEPTION 'pgtrigger: invoice % is issued; its lines and taxes are final', {invoice}"
_ISSUED = "(SELECT state FROM billing_invoice WHERE id = {invoice}) <> 'draft'"


def lines_only_in_drafts(name: str, **parents: str) -> pgtrigger.Trigger:
    """No row may be added to an issued invoice. One check for each statement, so that COPY stays fast.

    ``parents``: columns with the tables in which their rows must be. These columns carry no foreign key, whose check of
    each single row would take longer than all the rest of a billing run.
    """
    checks = [
        f"IF EXISTS (SELECT FROM added WHERE {column} IS NOT NULL"
        f" AND NOT EXISTS (SELECT FROM {table} parent WHERE parent.id = added.{column}))"
        f" THEN RAISE EXCEPTION 'pgtrigger: there is no such row in {table}'"
        f" USING ERRCODE = 'foreign_key_violation'; END IF;"
        for column, table in parents.items()
    ]
    return pgtrigger.Trigger(
        name=name,
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=pgtrigger.Insert,
        referencing=pgtrigger.Referencing(new="added"),  # type: ignore[no-untyped-call]  # pgtrigger carries no types
        declare=[("issued", "bigint")],
        func=(
            "SELECT invoice.id INTO issued FROM billing_invoice invoice"
            " WHERE invoice.state <> 'draft' AND invoice.id IN (SELECT invoice_id FROM added) LIMIT 1;"
            f" IF FOUND THEN {_REFUSE.format(invoice='issued')}; END IF;"
            + " ".join(["", *checks])
            + " RETURN NULL;"
        ),
    )


def kept_while_charged(name: str, where: str) -> pgtrigger.Trigger:
    """A row on which charges stand cannot be deleted: the other half of what a foreign key would check."""
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Delete,
        func=(
            f"IF EXISTS (SELECT FROM billing_charge charge WHERE {where})"
            " THEN RAISE EXCEPTION 'pgtrigger: charges stand on this row; it cannot be deleted'"
            " USING ERRCODE = 'foreign_key_violation'; END IF; RETURN OLD;"
        ),
    )


def final_with_its_invoice(name: str) -> pgtrigger.Trigger:
    """A row of an issued invoice may be neither changed nor deleted, nor may a row be moved onto one."""
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Update | pgtrigger.Delete,
        func=(
            f"IF {_ISSUED.format(invoice='OLD.invoice_id')} THEN {_REFUSE.format(invoice='OLD.invoice_id')}; END IF;"
            " IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;"
            f" IF NEW.invoice_id IS DISTINCT FROM OLD.invoice_id AND {_ISSUED.format(invoice='NEW.invoice_id')}"
            f" THEN {_REFUSE.format(invoice='NEW.invoice_id')}; END IF;"
            " RETURN NEW;"
        ),
    )
