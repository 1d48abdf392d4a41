"""One organization with a million meetings: 12,500 people, 20 cohorts, 125,000 pairs.

Rows are written by the database, because a million operations would take a day.
"""

from datetime import datetime, timedelta

from django.db import connection

from accounts.enums import Role
from accounts.models import Department, Grade, Location, Member
from programs.enums import CohortState
from programs.models import Cohort
from tests.factories import create_member, create_organization, inside
from tests.programs.cohorts.making import create_program

COHORTS, PAIRS, MEETINGS = 20, 6250, 8
LIVE_COHORTS = 4
MONTH = timedelta(days=30)

PEOPLE = """
INSERT INTO accounts_member (organization_id, name, email, roles, reach, employee_number, job_title,
    department_id, location_id, grade_id, languages, time_zone, on_leave, created_at)
SELECT %(organization)s, 'Person ' || n, 'person' || n || '@million.example', '{}', 'organization',
    '', '', (%(departments)s::uuid[])[1 + n %% 12], (%(locations)s::uuid[])[1 + n / 12 %% 6],
    (%(grades)s::uuid[])[1 + n / 72 %% 8], '{}', '', false, %(began)s
FROM generate_series(1, %(people)s) AS n
"""
SEATS = """
INSERT INTO programs_participant (organization_id, cohort_id, member_id, side, state, capacity,
    meeting_form, is_findable, waits_to_be_asked, started_at, submitted_at, decided_at)
SELECT %(organization)s, %(cohort)s, id, side, 'approved', 1, 'any', false, false,
    %(began)s, %(began)s, %(began)s
FROM (
    SELECT id, CASE WHEN number <= %(pairs)s THEN 'mentor' ELSE 'mentee' END AS side
    FROM (SELECT id, row_number() OVER (ORDER BY id) AS number FROM accounts_member
          WHERE organization_id = %(organization)s AND email LIKE 'person%%') AS numbered
) AS seated
"""
PAIRED = """
INSERT INTO pairings_pairing (organization_id, cohort_id, mentor_id, mentee_id, state, origin,
    requested_by, asked, proposed_at, began_at, introduced_at, last_met_at, ended_at,
    mentor_agreed_at, mentee_agreed_at, mentor_place, mentee_place, put_off_by_mentor,
    put_off_by_mentee, conflict, allowed_conflict)
SELECT %(organization)s, %(cohort)s, mentor.id, mentee.id, %(state)s, 'matching', '', '',
    %(began)s, %(began)s, %(began)s, %(began)s, %(ended)s, %(began)s, %(began)s,
    %(place)s, %(place)s, 0, 0, '', ''
FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM programs_participant
      WHERE cohort_id = %(cohort)s AND side = 'mentor') AS mentor
JOIN (SELECT id, row_number() OVER (ORDER BY id) AS n FROM programs_participant
      WHERE cohort_id = %(cohort)s AND side = 'mentee') AS mentee USING (n)
"""
MET = """
INSERT INTO meetings_meeting (organization_id, pairing_id, state, starts_at, ends_at, means,
    sequence, noted_by, noted_at, held_noted_by, held_noted_at, cancelled_by, reason)
SELECT %(organization)s, pairing.id, 'held', at, at + interval '45 minutes', 'video', 0, 'mentor',
    at, 'mentor', at + interval '1 hour', '', ''
FROM pairings_pairing AS pairing, generate_series(1, %(meetings)s) AS number,
    LATERAL (SELECT pairing.began_at + number * interval '27 days'
        + ('x' || substr(md5(pairing.id::text), 1, 4))::bit(16)::int * interval '10 seconds' AS at
    ) AS moment
WHERE pairing.cohort_id = %(cohort)s
"""
NOTED = """
INSERT INTO meetings_change (organization_id, meeting_id, deed, side, at, starts_at, minutes)
SELECT meeting.organization_id, meeting.id, 'logged', 'mentor', meeting.held_noted_at,
    meeting.starts_at, 45
FROM meetings_meeting AS meeting
JOIN pairings_pairing AS pairing ON pairing.id = meeting.pairing_id
WHERE pairing.cohort_id = %(cohort)s
"""


def a_million_meetings(*, now: datetime, pairs: int = PAIRS) -> Member:
    """Fill an organization; return its HR analyst. About three minutes on two cores."""
    organization = create_organization("A million meetings")
    analyst = create_member(organization, roles=[Role.HR_ANALYST])
    with inside(organization):
        program = create_program(create_member(organization, roles=[Role.OWNER]))
        facts = {
            "organization": organization.pk,
            "people": 2 * pairs,
            "pairs": pairs,
            "meetings": MEETINGS,
            "began": now - 14 * MONTH,
            "departments": [Department.objects.create(name=f"D{n}").pk for n in range(12)],
            "locations": [Location.objects.create(name=f"L{n}").pk for n in range(6)],
            "grades": [Grade.objects.create(name=f"G{n}", rank=n).pk for n in range(8)],
        }
        _run(PEOPLE, facts)
    for number in range(COHORTS):
        with inside(organization):
            _fill(Cohort(program=program, name=f"Cohort {number}"), number, facts, now=now)
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
    return analyst


def _fill(cohort: Cohort, number: int, facts: dict, *, now: datetime) -> None:
    is_live = number >= COHORTS - LIVE_COHORTS
    cohort.state = CohortState.RUNNING if is_live else CohortState.CLOSED
    cohort.save()
    began = now - 13 * MONTH
    if is_live:
        began = now - 8 * MONTH
    more = {
        "cohort": cohort.pk,
        "began": began,
        "state": "active" if is_live else "completed",
        "ended": None if is_live else began + 8 * MONTH,
        "place": number + 1 if is_live else None,
    }
    for statement in (SEATS, PAIRED, MET, NOTED):
        _run(statement, {**facts, **more})


def _run(statement: str, facts: dict) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, facts)
