"""The sweep for snapshots asks where a day is over."""

from django.db import migrations

from mentoring.tenancy.operations import LetSystemReadAlso


class Migration(migrations.Migration):
    dependencies = [("accounts", "0006_working_days")]

    operations = [LetSystemReadAlso("Organization", ["time_zone"])]
