from django.db import migrations, models

from mentoring.tenancy.operations import LetSystemReadAlso


class Migration(migrations.Migration):

    dependencies = [
        ('outbox', '0006_mornings'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='message',
            name='outbox_message_sent_lately',
        ),
        migrations.AddField(
            model_name='message',
            name='put_off_to',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(condition=models.Q(('state', 'sent')), fields=['-finished_at'], include=('channel', 'due_at', 'put_off_to'), name='outbox_message_sent_lately'),
        ),
        LetSystemReadAlso("Message", ["put_off_to"]),
    ]
