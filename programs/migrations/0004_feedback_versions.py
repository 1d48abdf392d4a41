"""A feedback form that somebody has answered never changes, whoever writes."""

from django.db import migrations

GUARD = """
CREATE FUNCTION refuse_used_feedback_form() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'A feedback form that was used never changes.'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'programs_feedback_form_used';
END $$;
CREATE TRIGGER used_stays BEFORE UPDATE ON programs_feedbackform
    FOR EACH ROW WHEN (OLD.used_at IS NOT NULL)
    EXECUTE FUNCTION refuse_used_feedback_form();

CREATE FUNCTION refuse_used_feedback_question() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    touched uuid;
    used timestamptz;
BEGIN
    IF TG_OP = 'DELETE' AND current_user::regrole = (
        SELECT relowner FROM pg_class WHERE oid = TG_RELID
    ) THEN
        RETURN OLD;
    END IF;
    FOREACH touched IN ARRAY CASE TG_OP
        WHEN 'INSERT' THEN ARRAY[NEW.form_id]
        WHEN 'DELETE' THEN ARRAY[OLD.form_id]
        ELSE ARRAY[OLD.form_id, NEW.form_id]
    END LOOP
        SELECT used_at INTO used FROM programs_feedbackform WHERE id = touched FOR SHARE;
        IF used IS NOT NULL THEN
            RAISE EXCEPTION 'A feedback form that was used never changes.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'programs_feedback_form_used';
        END IF;
    END LOOP;
    RETURN COALESCE(NEW, OLD);
END $$;
CREATE TRIGGER used_stays BEFORE INSERT OR UPDATE OR DELETE ON programs_feedbackquestion
    FOR EACH ROW EXECUTE FUNCTION refuse_used_feedback_question();
"""
UNDO = """
DROP TRIGGER used_stays ON programs_feedbackquestion;
DROP FUNCTION refuse_used_feedback_question();
DROP TRIGGER used_stays ON programs_feedbackform;
DROP FUNCTION refuse_used_feedback_form();
"""


class Migration(migrations.Migration):
    dependencies = [("programs", "0003_cohort_states")]

    operations = [migrations.RunSQL(GUARD, UNDO)]
