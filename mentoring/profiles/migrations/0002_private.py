"""What people write for themselves is readable for themselves only."""

from django.db import migrations

from mentoring.tenancy.operations import KeepPrivate


class Migration(migrations.Migration):
    dependencies = [("profiles", "0001_initial")]

    operations = [
        KeepPrivate("aims", "member"),
        KeepPrivate("selfrating", "member"),
        KeepPrivate("criteriastatement", "member"),
    ]
