"""What pairs do with their time: meetings, goals, and how long it took to begin."""

from django.db.models import Count, Q, Sum
from django.utils.translation import gettext_lazy as _

from mentoring.reports.metrics.entries import Direction, Metric, Rows, Topic, Unit
from mentoring.reports.metrics.sources import FROM_MEETINGS, FROM_PAIRS

MEETINGS = (
    Metric(
        "meetings",
        _("Meetings held"),
        _("Meetings that were noted as held by the end of the day, since the pairs began."),
        Rows.PAIRS,
        Topic.MEETINGS,
        Sum("meetings", default=0),
        direction=Direction.MORE,
        source=FROM_MEETINGS,
    ),
    Metric(
        "hours",
        _("Hours together"),
        _("How long those meetings lasted, added up."),
        Rows.PAIRS,
        Topic.MEETINGS,
        Sum("minutes", default=0),
        unit=Unit.HOURS,
        direction=Direction.MORE,
        source=FROM_MEETINGS,
    ),
    Metric(
        "month_meetings",
        _("Meetings of the month"),
        _("Meetings that were noted as held in the month, up to the day."),
        Rows.PAIRS,
        Topic.MEETINGS,
        Sum("month_meetings", default=0),
        direction=Direction.MORE,
        source=FROM_MEETINGS,
    ),
    Metric(
        "month_hours",
        _("Hours of the month"),
        _("How long those meetings lasted, added up."),
        Rows.PAIRS,
        Topic.MEETINGS,
        Sum("month_minutes", default=0),
        unit=Unit.HOURS,
        direction=Direction.MORE,
        source=FROM_MEETINGS,
    ),
    Metric(
        "meeting_length",
        _("Length of a meeting"),
        _("Minutes per meeting held."),
        Rows.PAIRS,
        Topic.MEETINGS,
        Sum("minutes", default=0),
        Sum("meetings", default=0),
        Unit.MINUTES,
        source=FROM_MEETINGS,
    ),
    Metric(
        "cadence_kept",
        _("Cadence kept"),
        _(
            "Meetings held, of those due under each pair’s own cadence while it was at work. What"
            " a pair held beyond its own cadence does not make up for another pair."
        ),
        Rows.PAIRS,
        Topic.MEETINGS,
        Sum("kept", default=0),
        Sum("due", default=0),
        Unit.SHARE,
        Direction.MORE,
        FROM_MEETINGS,
    ),
)

TIMES = (
    Metric(
        "time_to_match",
        _("Time to match"),
        _(
            "Days from the moment when both could take part until both had said yes to each other,"
            " on average over all pairs."
        ),
        Rows.PAIRS,
        Topic.TIME,
        Sum("days_to_match", default=0),
        Count("days_to_match"),
        Unit.DAYS,
        Direction.LESS,
        FROM_PAIRS,
    ),
    Metric(
        "time_to_introduction",
        _("Time to introduction"),
        _(
            "Days from the moment when both had said yes until their first meeting, on average over"
            " all pairs that have met."
        ),
        Rows.PAIRS,
        Topic.TIME,
        Sum("days_to_introduction", default=0),
        Count("days_to_introduction"),
        Unit.DAYS,
        Direction.LESS,
        FROM_MEETINGS,
    ),
)

GOALS = (
    Metric(
        "goals_done",
        _("Goals reached"),
        _(
            "Goals that pairs have reached, of those they have set and not let go. Pairs need not"
            " have any: those without do not count."
        ),
        Rows.PAIRS,
        Topic.GOALS,
        Sum("goals_done", default=0),
        Sum("goals_set", default=0),
        Unit.SHARE,
        source=_("How many goals each pair counts; their words stay with the pair"),
    ),
    Metric(
        "commitments",
        _("Commitments"),
        _("Actions of leaders that the cohort can read, worded without names."),
        Rows.COMMITMENTS,
        Topic.GOALS,
        Count("pk"),
        direction=Direction.MORE,
        source=_("The page “You said, we did” of each cohort"),
    ),
    Metric(
        "commitments_done",
        _("Commitments done"),
        _("Those of them that are done."),
        Rows.COMMITMENTS,
        Topic.GOALS,
        Count("pk", filter=Q(is_done=True)),
        Count("pk"),
        Unit.SHARE,
        Direction.MORE,
        _("The page “You said, we did” of each cohort"),
    ),
)
