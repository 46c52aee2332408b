from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('notices', '0002_outbox'),
    ]

    operations = [
        migrations.AlterField(
            model_name='posting',
            name='article',
            field=models.CharField(max_length=80, verbose_name='article'),
        ),
    ]
