"""How pairs stand."""

from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from mentoring.pairings.drift import AT_WORK, Drift
from mentoring.pairings.enums import LIVE, PairingState
from mentoring.reports.metrics.entries import Direction, Metric, Rows, Topic, Unit
from mentoring.reports.metrics.sources import FROM_MEETINGS, FROM_PAIRS

IS_AT_WORK = Q(state__in=AT_WORK)


def _pairs(*conditions: Q, **more: object) -> Count:
    return Count("pk", filter=Q(*conditions, **more))


def _entry(key: str, name: Any, definition: Any, *counted: Any, **more: Any) -> Metric:
    return Metric(key, name, definition, Rows.PAIRS, Topic.PAIRS, *counted, **more)


PAIRS = (
    _entry(
        "pairs_ever",
        _("Pairs ever"),
        _("Pairs that both had accepted, whatever became of them."),
        Count("pk"),
        direction=Direction.MORE,
        source=FROM_PAIRS,
    ),
    _entry(
        "pairs_live",
        _("Pairs now"),
        _("Pairs that have not ended: getting to know each other, active, paused or closing."),
        _pairs(state__in=LIVE),
        direction=Direction.MORE,
        source=FROM_PAIRS,
    ),
    _entry(
        "introductions",
        _("Introductions held"),
        _("Pairs that have held their introductory meeting."),
        _pairs(introduced_on__isnull=False),
        direction=Direction.MORE,
        source=FROM_MEETINGS,
    ),
    *(
        _entry(
            f"pairs_{state.value}",
            name,
            definition,
            _pairs(state=state),
            source=FROM_PAIRS,
        )
        for state, name, definition in (
            (
                PairingState.INTRODUCTORY,
                _("Getting to know each other"),
                _("Pairs that have not held their introductory meeting yet."),
            ),
            (
                PairingState.ACTIVE,
                _("Active pairs"),
                _("Pairs that have met and are neither paused, closing nor ended."),
            ),
            (PairingState.PAUSED, _("Paused pairs"), _("Pairs that have a break.")),
            (
                PairingState.CLOSING,
                _("Closing pairs"),
                _("Pairs in which one has proposed to end it well and the other has not answered."),
            ),
            (
                PairingState.COMPLETED,
                _("Completed"),
                _("Pairs that were closed after the time they had agreed on."),
            ),
            (
                PairingState.CLOSED_EARLY,
                _("Completed early"),
                _("Pairs that were closed by agreement before that time. That is a success, too."),
            ),
            (
                PairingState.WITHDRAWN,
                _("Withdrawn pairs"),
                _("Pairs that ended because one stepped out or takes part no more."),
            ),
        )
    ),
    _entry(
        "drifting",
        _("Drifting"),
        _(
            "Pairs at work that have not met for twice their own rhythm or longer. A pair that has"
            " a break or closes does not drift."
        ),
        _pairs(drift__gte=Drift.SEEN),
        direction=Direction.LESS,
        source=FROM_MEETINGS,
    ),
    _entry(
        "in_rhythm",
        _("In rhythm"),
        _(
            "Pairs at work whose last meeting is no longer ago than one and a half times their own"
            " rhythm, of all pairs at work."
        ),
        _pairs(IS_AT_WORK, drift=Drift.NONE),
        _pairs(IS_AT_WORK),
        Unit.SHARE,
        Direction.MORE,
        FROM_MEETINGS,
    ),
    _entry(
        "agreement_rate",
        _("Agreed how to work"),
        _("Pairs with an agreement that both confirmed, of all that have held the introduction."),
        _pairs(introduced_on__isnull=False, agreed_on__isnull=False),
        _pairs(introduced_on__isnull=False),
        Unit.SHARE,
        Direction.MORE,
        FROM_PAIRS,
    ),
)
