from django.db import migrations, models

# Sums that are there already are of one department, location or band each.
PUT_NAMES_IN_PLACE = """
ALTER TABLE reports_cohortfigures NO FORCE ROW LEVEL SECURITY;
UPDATE reports_cohortfigures SET
    department = CASE part WHEN 'department' THEN left(name, 120) ELSE '' END,
    location = CASE part WHEN 'location' THEN left(name, 120) ELSE '' END,
    band = CASE part WHEN 'band' THEN name ELSE '' END
WHERE part != '';
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE reports_cohortfigures FORCE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('reports', '0003_exports'),
    ]

    operations = [
        migrations.AddField(
            model_name='snapshot',
            name='is_combined',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='cohortfigures',
            name='department',
            field=models.CharField(blank=True, max_length=120, default=''),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='cohortfigures',
            name='location',
            field=models.CharField(blank=True, max_length=120, default=''),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='cohortfigures',
            name='band',
            field=models.CharField(blank=True, max_length=250, default=''),
            preserve_default=False,
        ),
        migrations.RunSQL(PUT_NAMES_IN_PLACE, migrations.RunSQL.noop),
        migrations.RemoveConstraint(
            model_name='cohortfigures',
            name='reports_cohort_once',
        ),
        migrations.RemoveField(
            model_name='cohortfigures',
            name='part',
        ),
        migrations.RemoveField(
            model_name='cohortfigures',
            name='name',
        ),
        migrations.AddConstraint(
            model_name='cohortfigures',
            constraint=models.UniqueConstraint(
                fields=('organization', 'snapshot', 'department', 'location', 'band', 'cohort'),
                name='reports_cohort_once',
            ),
        ),
    ]
