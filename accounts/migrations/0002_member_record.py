"""What an organization knows of a person moves from the user to the member."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models
from django.db.models.functions import Lower

from mentoring.lib.sorting import SortKey

# The owner role is under row-level security as well; it owns the table, so it may look away.
TAKE_FROM_USER = """
ALTER TABLE accounts_member NO FORCE ROW LEVEL SECURITY;
UPDATE accounts_member
SET name = accounts_user.name, email = lower(accounts_user.email),
    created_at = accounts_member.joined_at
FROM accounts_user
WHERE accounts_user.id = accounts_member.user_id;
ALTER TABLE accounts_member FORCE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="member",
            name="name",
            field=models.CharField(default="", max_length=150, verbose_name="Name"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="member",
            name="email",
            field=models.EmailField(default="", max_length=254, verbose_name="E-mail address"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="member",
            name="created_at",
            field=models.DateTimeField(auto_now_add=True, default=django.utils.timezone.now),
            preserve_default=False,
        ),
        migrations.RunSQL(TAKE_FROM_USER, migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="member",
            name="joined_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name="member",
            name="user",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="member",
            name="sort_name",
            field=models.GeneratedField(
                db_persist=True, expression=SortKey("name"), output_field=models.CharField()
            ),
        ),
        migrations.AddIndex(
            model_name="member",
            index=models.Index(
                fields=["organization", "sort_name", "id"], name="accounts_member_sorted"
            ),
        ),
        migrations.AddConstraint(
            model_name="member",
            constraint=models.UniqueConstraint(
                models.F("organization"), Lower("email"), name="accounts_member_email_once"
            ),
        ),
    ]
