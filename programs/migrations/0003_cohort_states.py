"""A cohort changes its state along the table only, whoever writes."""

from django.db import migrations

GUARD = """
CREATE FUNCTION refuse_cohort_state() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (OLD.state, NEW.state) NOT IN (
        ('draft', 'enrolling'),
        ('enrolling', 'matching'),
        ('matching', 'running'),
        ('running', 'closing'),
        ('closing', 'closed'),
        ('enrolling', 'draft'),
        ('matching', 'enrolling')
    ) THEN
        RAISE EXCEPTION 'A cohort does not go from % to %.', OLD.state, NEW.state
            USING ERRCODE = 'check_violation', CONSTRAINT = 'programs_cohort_states';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER cohort_states BEFORE UPDATE ON programs_cohort
    FOR EACH ROW WHEN (OLD.state IS DISTINCT FROM NEW.state)
    EXECUTE FUNCTION refuse_cohort_state();
"""
UNDO = """
DROP TRIGGER cohort_states ON programs_cohort;
DROP FUNCTION refuse_cohort_state();
"""


class Migration(migrations.Migration):
    dependencies = [("programs", "0002_cohorts")]

    operations = [migrations.RunSQL(GUARD, UNDO)]
