"""The history of migrations is read by every process, and written by the owner alone."""

from django.db import migrations

from mentoring.tenancy.operations import ReadOnlyTable


class Migration(migrations.Migration):
    dependencies = [("tenancy", "0001_cache")]
    operations = [ReadOnlyTable("django_migrations")]
