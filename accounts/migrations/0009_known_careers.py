"""Where everybody stands is the first step that is known of them."""

from django.db import migrations

# What they were before, and since when, is not known any more: a guess would make everybody look as
# if they had never moved. The owner role is under row-level security as well; it owns the tables,
# so it may look away.
BEGIN_WITH_WHAT_IS_KNOWN = """
ALTER TABLE accounts_member NO FORCE ROW LEVEL SECURITY;
ALTER TABLE accounts_department NO FORCE ROW LEVEL SECURITY;
ALTER TABLE accounts_grade NO FORCE ROW LEVEL SECURITY;
ALTER TABLE accounts_careerstep NO FORCE ROW LEVEL SECURITY;
INSERT INTO accounts_careerstep
    (organization_id, member_id, since, department, grade, grade_rank, is_here, by_chart)
SELECT member.organization_id, member.id, now(),
    coalesce(department.name, ''), coalesce(grade.name, ''), grade.rank,
    member.deactivated_at IS NULL, false
FROM accounts_member AS member
LEFT JOIN accounts_department AS department
    ON department.organization_id = member.organization_id
    AND department.id = member.department_id
LEFT JOIN accounts_grade AS grade
    ON grade.organization_id = member.organization_id AND grade.id = member.grade_id;
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE accounts_careerstep FORCE ROW LEVEL SECURITY;
ALTER TABLE accounts_grade FORCE ROW LEVEL SECURITY;
ALTER TABLE accounts_department FORCE ROW LEVEL SECURITY;
ALTER TABLE accounts_member FORCE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0008_careers")]

    operations = [migrations.RunSQL(BEGIN_WITH_WHAT_IS_KNOWN, migrations.RunSQL.noop)]
