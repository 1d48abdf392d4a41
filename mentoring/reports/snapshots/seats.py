"""Everybody who was asked into a cohort or enrolled in it, as it stood at a moment.

A decision that was taken anew keeps the moment of the last one only, and so does an enrollment
that was sent again.
"""

INVITED = """
invited AS (
    SELECT cohort_id, member_id, side, min(invited_at) AS at
    FROM programs_cohortinvitation
    WHERE organization_id = %(organization)s AND invited_at < %(until)s
    GROUP BY cohort_id, member_id, side
)"""

# By the time they withdrew, who had been approved had been ready as well, as far as is known.
ENROLLED = """
enrolled AS (
    SELECT participant.*,
        participant.submitted_at < %(until)s
            AND coalesce(participant.withdrawn_at >= %(until)s, participant.state != 'withdrawn')
            AND NOT (participant.state = 'declined' AND participant.decided_at < %(until)s)
            AS is_in,
        participant.state = 'approved' OR participant.state = 'withdrawn'
            AND participant.withdrawn_at >= %(until)s AS is_approved,
        NOT EXISTS (
            SELECT FROM programs_preparationitem AS item
            WHERE item.organization_id = %(organization)s
                AND item.program_id = cohort.program_id
                AND item.is_required AND item.archived_at IS NULL
                AND item.audience IN ('both', participant.side)
                AND NOT EXISTS (
                    SELECT FROM programs_preparationdone AS done
                    WHERE done.organization_id = %(organization)s AND done.item_id = item.id
                        AND done.participant_id = participant.id AND done.done_at < %(until)s
                )
        ) AS is_prepared
    FROM programs_participant AS participant
    JOIN programs_cohort AS cohort
        ON cohort.organization_id = %(organization)s AND cohort.id = participant.cohort_id
    WHERE participant.organization_id = %(organization)s
        AND participant.submitted_at < %(until)s
)"""

PAIRED = """
paired AS (
    SELECT participant_id,
        count(*) FILTER (WHERE is_live) AS partners,
        count(*) FILTER (WHERE state = 'active') AS active_partners,
        bool_or(is_introduced) AS was_introduced,
        bool_or(state IN ('completed', 'closed_early')) AS has_completed
    FROM (
        SELECT unnest(ARRAY[pairing.mentor_id, pairing.mentee_id]) AS participant_id,
            figures.state, figures.introduced_on IS NOT NULL AS is_introduced,
            figures.state IN ('introductory', 'active', 'paused', 'closing') AS is_live
        FROM reports_pairfigures AS figures
        JOIN pairings_pairing AS pairing
            ON pairing.organization_id = %(organization)s AND pairing.id = figures.pairing_id
        WHERE figures.organization_id = %(organization)s AND figures.snapshot_id = %(snapshot)s
    ) AS each
    GROUP BY participant_id
)"""

# By the names of the columns of `Seat`.
COLUMNS = {
    "cohort_id": "coalesce(enrolled.cohort_id, invited.cohort_id)",
    "member_id": "coalesce(enrolled.member_id, invited.member_id)",
    "side": "coalesce(enrolled.side, invited.side)",
    "invited_on": "(invited.at AT TIME ZONE %(zone)s)::date",
    "enrolled_on": "(enrolled.submitted_at AT TIME ZONE %(zone)s)::date",
    "withdrawn_on": (
        "CASE WHEN enrolled.withdrawn_at < %(until)s"
        " THEN (enrolled.withdrawn_at AT TIME ZONE %(zone)s)::date END"
    ),
    "is_enrolled": "coalesce(enrolled.is_in, false)",
    "is_ready": (
        "coalesce(enrolled.is_in AND (coalesce(paired.partners, 0) > 0 OR enrolled.is_prepared"
        " AND enrolled.is_approved AND coalesce(enrolled.decided_at < %(until)s, true)), false)"
    ),
    "was_matched": "paired.participant_id IS NOT NULL",
    "was_introduced": "coalesce(paired.was_introduced, false)",
    "has_completed": "coalesce(paired.has_completed, false)",
    "capacity": "coalesce(enrolled.capacity, 0)",
    "partners": "coalesce(paired.partners, 0)",
    "active_partners": "coalesce(paired.active_partners, 0)",
}

# Not told by times: as they are when the snapshot is taken.
AS_FOUND = {
    "department": "coalesce(department.name, '')",
    "location": "coalesce(location.name, '')",
    "grade": "coalesce(grade.name, '')",
    "grade_rank": "grade.rank",
}

FROM = """
FROM enrolled
FULL JOIN invited ON invited.cohort_id = enrolled.cohort_id
    AND invited.member_id = enrolled.member_id AND invited.side = enrolled.side
LEFT JOIN paired ON paired.participant_id = enrolled.id
"""
PLACE = """
JOIN accounts_member AS member ON member.organization_id = %(organization)s
    AND member.id = coalesce(enrolled.member_id, invited.member_id)
LEFT JOIN accounts_department AS department
    ON department.organization_id = %(organization)s AND department.id = member.department_id
LEFT JOIN accounts_location AS location
    ON location.organization_id = %(organization)s AND location.id = member.location_id
LEFT JOIN accounts_grade AS grade
    ON grade.organization_id = %(organization)s AND grade.id = member.grade_id
"""
