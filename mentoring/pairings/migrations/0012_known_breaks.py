from django.db import migrations

# Since when they have been paused is not known any more.
KEEP_WHAT_IS_KNOWN = """
ALTER TABLE pairings_pairing NO FORCE ROW LEVEL SECURITY;
ALTER TABLE pairings_break NO FORCE ROW LEVEL SECURITY;
INSERT INTO pairings_break (organization_id, pairing_id, began_at)
SELECT organization_id, id, now() FROM pairings_pairing WHERE state = 'paused';
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE pairings_break FORCE ROW LEVEL SECURITY;
ALTER TABLE pairings_pairing FORCE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('pairings', '0011_breaks'),
    ]

    operations = [
        migrations.RunSQL(KEEP_WHAT_IS_KNOWN, migrations.RunSQL.noop),
    ]
