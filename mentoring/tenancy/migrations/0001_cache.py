from django.db import migrations

# The columns that Django's DatabaseCache reads and writes. Unlogged: counters of attempts
# are written often, and may vanish after a crash.
CREATE = """
CREATE UNLOGGED TABLE cache_entries (
    cache_key varchar(255) PRIMARY KEY,
    value text NOT NULL,
    expires timestamptz NOT NULL
);
CREATE INDEX cache_entries_expires ON cache_entries (expires)
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.RunSQL(CREATE, reverse_sql="DROP TABLE cache_entries"),
    ]
