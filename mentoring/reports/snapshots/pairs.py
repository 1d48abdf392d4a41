"""Every pair as it stood at a moment, out of what was noted by then.

What changes later (a meeting noted late, a break that ends) does not change how it stood: only
rows with times before the moment count. Goals, and where people stand in the organization, are
as they are when the snapshot is taken.
"""

# What somebody did last with a meeting says what it was at that moment.
TALKS = """
talks AS (
    SELECT meeting.pairing_id,
        count(*) FILTER (WHERE last.is_held) AS meetings,
        sum(last.minutes) FILTER (WHERE last.is_held) AS minutes,
        count(*) FILTER (WHERE last.is_held AND last.noted_at >= %(month)s) AS month_meetings,
        sum(last.minutes) FILTER (
            WHERE last.is_held AND last.noted_at >= %(month)s
        ) AS month_minutes,
        min(last.starts_at) FILTER (WHERE last.is_held) AS first_at,
        max(last.starts_at) FILTER (WHERE last.is_held) AS last_at,
        min(last.starts_at) FILTER (
            WHERE last.deed IN ('planned', 'moved') AND last.starts_at >= %(until)s
        ) AS next_at
    FROM (
        SELECT DISTINCT ON (change.meeting_id) change.meeting_id, change.deed, change.starts_at,
            change.minutes, change.deed IN ('logged', 'corrected') AS is_held,
            min(change.at) FILTER (WHERE change.deed = 'logged')
                OVER (PARTITION BY change.meeting_id) AS noted_at
        FROM meetings_change AS change
        WHERE change.organization_id = %(organization)s AND change.at < %(until)s
        ORDER BY change.meeting_id, change.at DESC, change.id DESC
    ) AS last
    JOIN meetings_meeting AS meeting
        ON meeting.organization_id = %(organization)s AND meeting.id = last.meeting_id
    GROUP BY meeting.pairing_id
)"""

MOVED = """
moved AS (
    SELECT meeting.pairing_id,
        count(*) FILTER (WHERE change.side = 'mentor') AS by_mentor,
        count(*) FILTER (WHERE change.side = 'mentee') AS by_mentee
    FROM meetings_change AS change
    JOIN meetings_meeting AS meeting
        ON meeting.organization_id = %(organization)s AND meeting.id = change.meeting_id
    WHERE change.organization_id = %(organization)s AND change.at < %(until)s
        AND change.deed IN ('moved', 'cancelled')
    GROUP BY meeting.pairing_id
)"""

# Days of a break, or while a pair closes, are not days in which it is meant to meet.
RESTED = """
rested AS (
    SELECT rest.pairing_id,
        sum(extract(epoch FROM least(rest.ended_at, %(until)s) - rest.began_at)) AS seconds,
        max(rest.state) FILTER (WHERE rest.ended_at >= %(until)s) AS state,
        max(rest.ended_at) FILTER (WHERE rest.ended_at < %(until)s) AS resumed_at
    FROM (
        SELECT pairing_id, began_at, coalesce(ended_at, 'infinity') AS ended_at, 'paused' AS state
        FROM pairings_break
        WHERE organization_id = %(organization)s AND began_at < %(until)s
        UNION ALL
        SELECT pairing_id, began_at, coalesce(settled_at, 'infinity'), 'closing'
        FROM pairings_closing
        WHERE organization_id = %(organization)s AND began_at < %(until)s
    ) AS rest
    GROUP BY rest.pairing_id
)"""

AGREED = """
agreed AS (
    SELECT DISTINCT ON (pairing_id) pairing_id, cadence, ends_on,
        min(in_force_at) OVER (PARTITION BY pairing_id) AS first_at
    FROM pairings_agreement
    WHERE organization_id = %(organization)s AND in_force_at < %(until)s
    ORDER BY pairing_id, in_force_at DESC
)"""

REASONS = """
reasons AS (
    SELECT DISTINCT ON (pairing_id) pairing_id, reason
    FROM pairings_closing
    WHERE organization_id = %(organization)s AND settled_at < %(until)s
        AND outcome IN ('agreed', 'alone')
    ORDER BY pairing_id, settled_at DESC
)"""

# State, rhythm and the days at work, of every pair that both had accepted by then.
STOOD = """
stood AS (
    SELECT pairing.*, talks.first_at, talks.last_at, agreed.first_at AS agreed_at,
        reasons.reason,
        CASE WHEN pairing.ended_at < %(until)s THEN NULL ELSE talks.next_at END AS next_at,
        coalesce(talks.meetings, 0) AS meetings,
        coalesce(talks.minutes, 0) AS minutes,
        coalesce(talks.month_meetings, 0) AS month_meetings,
        coalesce(talks.month_minutes, 0) AS month_minutes,
        coalesce(moved.by_mentor, 0) AS moved_by_mentor,
        coalesce(moved.by_mentee, 0) AS moved_by_mentee,
        CASE
            WHEN pairing.ended_at < %(until)s THEN pairing.state
            WHEN rested.state IS NOT NULL THEN rested.state
            WHEN talks.first_at IS NOT NULL THEN 'active'
            ELSE 'introductory'
        END AS stood,
        coalesce(agreed.cadence, program.cadence) AS cadence,
        coalesce(
            agreed.ends_on,
            ((pairing.began_at AT TIME ZONE %(zone)s)::date
                + make_interval(months => program.length_months))::date
        ) AS ends_on,
        CASE coalesce(agreed.cadence, program.cadence)
            {every}
        END AS every,
        extract(epoch FROM least(pairing.ended_at, %(until)s) - pairing.began_at)
            - coalesce(rested.seconds, 0) AS at_work,
        greatest(talks.last_at, pairing.began_at, rested.resumed_at) AS counts_from
    FROM pairings_pairing AS pairing
    JOIN programs_cohort AS cohort
        ON cohort.organization_id = %(organization)s AND cohort.id = pairing.cohort_id
    JOIN programs_program AS program
        ON program.organization_id = %(organization)s AND program.id = cohort.program_id
    LEFT JOIN talks ON talks.pairing_id = pairing.id
    LEFT JOIN moved ON moved.pairing_id = pairing.id
    LEFT JOIN rested ON rested.pairing_id = pairing.id
    LEFT JOIN agreed ON agreed.pairing_id = pairing.id
    LEFT JOIN reasons ON reasons.pairing_id = pairing.id
    WHERE pairing.organization_id = %(organization)s AND pairing.began_at < %(until)s
)"""

# By the names of the columns of `PairFigures`.
COLUMNS = {
    "cohort_id": "stood.cohort_id",
    "pairing_id": "stood.id",
    "state": "stood.stood",
    "origin": "stood.origin",
    "cadence": "stood.cadence",
    "drift": "CASE WHEN stood.stood NOT IN ('introductory', 'active') THEN 0 {drift} ELSE 0 END",
    "matched_on": "(stood.began_at AT TIME ZONE %(zone)s)::date",
    "introduced_on": "(stood.first_at AT TIME ZONE %(zone)s)::date",
    "agreed_on": "(stood.agreed_at AT TIME ZONE %(zone)s)::date",
    "ends_on": "stood.ends_on",
    "ended_on": (
        "CASE WHEN stood.ended_at < %(until)s THEN (stood.ended_at AT TIME ZONE %(zone)s)::date END"
    ),
    "last_met_on": "(stood.last_at AT TIME ZONE %(zone)s)::date",
    "next_on": "(stood.next_at AT TIME ZONE %(zone)s)::date",
    "end_reason": "coalesce(stood.reason, '')",
    "days_to_match": (
        "floor(greatest(extract(epoch FROM stood.began_at - greatest("
        "coalesce(mentor.decided_at, mentor.submitted_at),"
        " coalesce(mentee.decided_at, mentee.submitted_at))), 0) / 86400)"
    ),
    "days_to_introduction": (
        "floor(greatest(extract(epoch FROM stood.first_at - stood.began_at), 0) / 86400)"
    ),
    "meetings": "stood.meetings",
    "minutes": "stood.minutes",
    "month_meetings": "stood.month_meetings",
    "month_minutes": "stood.month_minutes",
    "due": "{due}",
    "kept": "least(stood.meetings, {due})",
    "moved_by_mentor": "stood.moved_by_mentor",
    "moved_by_mentee": "stood.moved_by_mentee",
}
DUE = "floor(greatest(stood.at_work, 0) / extract(epoch FROM stood.every))::int"

# Not told by times: as they are when the snapshot is taken.
AS_FOUND = {
    "mentor_department": "coalesce(mentor_department.name, '')",
    "mentee_department": "coalesce(mentee_department.name, '')",
    "mentor_location": "coalesce(mentor_location.name, '')",
    "mentee_location": "coalesce(mentee_location.name, '')",
    "mentor_grade": "coalesce(mentor_grade.name, '')",
    "mentee_grade": "coalesce(mentee_grade.name, '')",
    "mentor_rank": "mentor_grade.rank",
    "mentee_rank": "mentee_grade.rank",
    "goals_set": "tally.goals_set",
    "goals_done": "tally.goals_done",
}

PARTICIPANT = """
JOIN programs_participant AS {side}
    ON {side}.organization_id = %(organization)s AND {side}.id = stood.{side}_id
"""
PLACE = """
JOIN accounts_member AS {side}_member
    ON {side}_member.organization_id = %(organization)s AND {side}_member.id = {side}.member_id
LEFT JOIN accounts_department AS {side}_department
    ON {side}_department.organization_id = %(organization)s
    AND {side}_department.id = {side}_member.department_id
LEFT JOIN accounts_location AS {side}_location
    ON {side}_location.organization_id = %(organization)s
    AND {side}_location.id = {side}_member.location_id
LEFT JOIN accounts_grade AS {side}_grade
    ON {side}_grade.organization_id = %(organization)s
    AND {side}_grade.id = {side}_member.grade_id
"""
TALLY = """
LEFT JOIN meetings_goaltally AS tally
    ON tally.organization_id = %(organization)s AND tally.pairing_id = stood.id
"""
