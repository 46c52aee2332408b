from django.db import migrations, models
import django.db.models.deletion

# Who pays by account transfer already does so from the first month that no run has billed.
TRANSFERS = """
INSERT INTO billing_invoicechoice (account_id, kind, since, until)
SELECT account.id, 'transfer',
       COALESCE((SELECT (max(run.month) + interval '1 month')::date FROM billing_billingrun run WHERE run.state <> 'abandoned'),
                DATE '0001-01-01'),
       NULL
  FROM billing_billingaccount account
 WHERE account.method = 'account_transfer'
 ORDER BY account.id
"""


class Migration(migrations.Migration):

    dependencies = [
        ('billing', '0028_charge_once_whoever_has_the_contract'),
    ]

    operations = [
        migrations.RenameModel(old_name='LetterChoice', new_name='InvoiceChoice'),
        migrations.RemoveConstraint(model_name='invoicechoice', name='letters_chosen_once'),
        migrations.RemoveConstraint(model_name='invoicechoice', name='letters_for_whole_months'),
        migrations.RemoveField(model_name='invoicechoice', name='chosen_on'),
        migrations.AddField(
            model_name='invoicechoice',
            name='kind',
            field=models.CharField(choices=[('letter', 'by post'), ('transfer', 'account transfer')], default='letter', max_length=10, verbose_name='kind'),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name='invoicechoice',
            name='account',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invoice_choices', to='billing.billingaccount', verbose_name='billing account'),
        ),
        migrations.AlterModelOptions(
            name='invoicechoice',
            options={'ordering': ['-id'], 'verbose_name': 'choice about invoices', 'verbose_name_plural': 'choices about invoices'},
        ),
        migrations.AlterField(
            model_name='invoicechoice',
            name='until',
            field=models.DateField(blank=True, help_text='The first day of the month.', null=True, verbose_name='no more from the invoice for'),
        ),
        migrations.AlterField(
            model_name='tariff',
            name='occasion',
            field=models.CharField(blank=True, help_text='What a one-off fee is due for: the kind of request of a handling fee or “invoice_letter” or “account_transfer”, “early”, “always” or “discount_clawback” of an ending fee, “initial_works” or “initial_contract” of what an initial cancellation leaves charged, the code of the product of equipment damages, “type1” or “type2” of a single-line fee.', max_length=40, verbose_name='due for'),
        ),
        migrations.AddConstraint(
            model_name='invoicechoice',
            constraint=models.UniqueConstraint(condition=models.Q(('until__isnull', True)), fields=('account', 'kind'), name='invoice_choice_once', violation_error_message='The invoices of this account come by post already.'),
        ),
        migrations.AddConstraint(
            model_name='invoicechoice',
            constraint=models.CheckConstraint(condition=models.Q(('since__day', 1), models.Q(('until__isnull', True), models.Q(('until__day', 1), ('until__gte', models.F('since'))), _connector='OR')), name='invoice_choice_of_whole_months'),
        ),
        migrations.RunSQL(TRANSFERS, "DELETE FROM billing_invoicechoice WHERE kind = 'transfer'"),
    ]
