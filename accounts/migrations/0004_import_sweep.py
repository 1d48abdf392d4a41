"""The sweep finds imports that wait; commands find an organization by its address."""

from django.db import migrations

from mentoring.tenancy.operations import LetSystemRead


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_people")]

    operations = [
        LetSystemRead("PeopleImport", ["id", "organization_id", "look_at"]),
        LetSystemRead("Organization", ["id", "slug"]),
    ]
