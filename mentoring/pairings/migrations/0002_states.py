"""A pairing changes its state along the table only, whoever writes."""

from django.db import migrations

GUARD = """
CREATE FUNCTION refuse_pairing_state() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (OLD.state, NEW.state) NOT IN (
        ('proposed', 'introductory'),
        ('proposed', 'declined'),
        ('proposed', 'expired'),
        ('proposed', 'withdrawn'),
        ('introductory', 'active'),
        ('introductory', 'paused'),
        ('introductory', 'closing'),
        ('introductory', 'closed_early'),
        ('introductory', 'withdrawn'),
        ('active', 'paused'),
        ('active', 'closing'),
        ('active', 'closed_early'),
        ('active', 'withdrawn'),
        ('paused', 'introductory'),
        ('paused', 'active'),
        ('paused', 'closing'),
        ('paused', 'closed_early'),
        ('paused', 'withdrawn'),
        ('closing', 'active'),
        ('closing', 'completed'),
        ('closing', 'closed_early'),
        ('closing', 'withdrawn')
    ) THEN
        RAISE EXCEPTION 'A pairing does not go from % to %.', OLD.state, NEW.state
            USING ERRCODE = 'check_violation', CONSTRAINT = 'pairings_pairing_states';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER pairing_states BEFORE UPDATE ON pairings_pairing
    FOR EACH ROW WHEN (OLD.state IS DISTINCT FROM NEW.state)
    EXECUTE FUNCTION refuse_pairing_state();
"""
UNDO = """
DROP TRIGGER pairing_states ON pairings_pairing;
DROP FUNCTION refuse_pairing_state();
"""


class Migration(migrations.Migration):
    dependencies = [("pairings", "0001_initial")]

    operations = [migrations.RunSQL(GUARD, UNDO)]
