"""How many people take part, and how far each has come."""

from typing import Any

from django.db.models import Count, Q, Sum
from django.utils.translation import gettext_lazy as _

from mentoring.reports.metrics.entries import Direction, Metric, Rows, Topic, Unit
from mentoring.reports.metrics.sources import FROM_ENROLLMENT, FROM_MEETINGS, FROM_PAIRS
from programs.enums import Side


def _seats(**conditions: object) -> Count:
    return Count("pk", filter=Q(**conditions))


def _entry(key: str, name: Any, definition: Any, *counted: Any, **more: Any) -> Metric:
    return Metric(key, name, definition, Rows.SEATS, Topic.PEOPLE, *counted, **more)


PEOPLE = (
    _entry(
        "invited",
        _("Invited"),
        _("People who were asked into a cohort, once for each side on which they were asked."),
        _seats(invited_on__isnull=False),
        source=FROM_ENROLLMENT,
    ),
    _entry(
        "enrolled",
        _("Enrolled"),
        _(
            "People who have sent their enrollment and have neither withdrawn nor been declined."
            " Whoever takes part in two cohorts, or on both sides, counts twice."
        ),
        _seats(is_enrolled=True),
        direction=Direction.MORE,
        source=FROM_ENROLLMENT,
    ),
    _entry(
        "enrolled_mentors",
        _("Mentors enrolled"),
        _("Those of the enrolled who are mentors."),
        _seats(is_enrolled=True, side=Side.MENTOR),
        direction=Direction.MORE,
        source=FROM_ENROLLMENT,
    ),
    _entry(
        "enrolled_mentees",
        _("Mentees enrolled"),
        _("Those of the enrolled who are mentees."),
        _seats(is_enrolled=True, side=Side.MENTEE),
        direction=Direction.MORE,
        source=FROM_ENROLLMENT,
    ),
    _entry(
        "ready",
        _("Ready"),
        _(
            "Enrolled people who were approved and have done all required preparation, or have a"
            " partner already."
        ),
        _seats(is_ready=True),
        direction=Direction.MORE,
        source=FROM_ENROLLMENT,
    ),
    _entry(
        "matched_ever",
        _("Ever matched"),
        _("People who have or had a partner: both had said yes."),
        _seats(was_matched=True),
        direction=Direction.MORE,
        source=FROM_PAIRS,
    ),
    _entry(
        "matched_now",
        _("Matched now"),
        _("Enrolled people with at least one partner at the end of the day."),
        _seats(partners__gt=0),
        direction=Direction.MORE,
        source=FROM_PAIRS,
    ),
    _entry(
        "met",
        _("Have met"),
        _("People who have held the introductory meeting with at least one partner."),
        _seats(was_introduced=True),
        direction=Direction.MORE,
        source=FROM_MEETINGS,
    ),
    _entry(
        "people_active",
        _("Active people"),
        _("People with at least one pair that is active at the end of the day."),
        _seats(active_partners__gt=0),
        direction=Direction.MORE,
        source=FROM_PAIRS,
    ),
    _entry(
        "people_completed",
        _("People who completed"),
        _("People with at least one pair that was completed, at its time or early by agreement."),
        _seats(has_completed=True),
        direction=Direction.MORE,
        source=FROM_PAIRS,
    ),
    _entry(
        "people_withdrawn",
        _("Withdrawn people"),
        _("People who withdrew from a cohort after they had enrolled. They need give no reason."),
        _seats(withdrawn_on__isnull=False),
        source=FROM_ENROLLMENT,
    ),
    _entry(
        "mentor_load",
        _("Mentees per mentor"),
        _("Partners that mentors have at the end of the day, per mentor who has any."),
        Sum("partners", filter=Q(side=Side.MENTOR), default=0),
        Count("pk", filter=Q(side=Side.MENTOR, partners__gt=0)),
        Unit.MEAN,
        source=FROM_PAIRS,
    ),
)
