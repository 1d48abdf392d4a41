"""Where everybody stands is the first step that is known of them."""

from django.db import migrations

# What they were before, and who was away for a while, is not known any more. The owner role is
# under row-level security as well; it owns the tables, so it may look away.
BEGIN_WITH_WHAT_IS_KNOWN = """
ALTER TABLE accounts_member NO FORCE ROW LEVEL SECURITY;
ALTER TABLE accounts_department NO FORCE ROW LEVEL SECURITY;
ALTER TABLE accounts_grade NO FORCE ROW LEVEL SECURITY;
ALTER TABLE accounts_careerstep NO FORCE ROW LEVEL SECURITY;
INSERT INTO accounts_careerstep
    (organization_id, member_id, since, department, grade, grade_rank, is_here, by_chart)
SELECT member.organization_id, member.id, member.created_at,
    coalesce(department.name, ''), coalesce(grade.name, ''), grade.rank, true, false
FROM accounts_member AS member
LEFT JOIN accounts_department AS department
    ON department.organization_id = member.organization_id
    AND department.id = member.department_id
LEFT JOIN accounts_grade AS grade
    ON grade.organization_id = member.organization_id AND grade.id = member.grade_id;
INSERT INTO accounts_careerstep
    (organization_id, member_id, since, department, grade, grade_rank, is_here, by_chart)
SELECT member.organization_id, member.id, greatest(member.deactivated_at, step.since),
    step.department, step.grade, step.grade_rank, false, false
FROM accounts_member AS member
JOIN accounts_careerstep AS step
    ON step.organization_id = member.organization_id AND step.member_id = member.id
WHERE member.deactivated_at IS NOT NULL;
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE accounts_careerstep FORCE ROW LEVEL SECURITY;
ALTER TABLE accounts_grade FORCE ROW LEVEL SECURITY;
ALTER TABLE accounts_department FORCE ROW LEVEL SECURITY;
ALTER TABLE accounts_member FORCE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0008_careers")]

    operations = [migrations.RunSQL(BEGIN_WITH_WHAT_IS_KNOWN, migrations.RunSQL.noop)]
