"""Demo pairs were asked in three waves: one is closed, two are open, and some have answered."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from mentoring.feedback.operations.answering import Voice, begin, send
from mentoring.feedback.operations.asking import Occasion, ask
from mentoring.feedback.sealed import Said
from mentoring.pairings.drift import AT_WORK
from mentoring.pairings.models import Pairing
from mentoring.tenancy.scope import within
from programs.enums import Moment, QuestionKind, Side
from programs.models import FeedbackForm

DAY = timedelta(days=1)
LATELY, YESTERDAY = 5 * DAY, DAY
AN_HOUR = timedelta(hours=1)
COMMENT = "It would help to know earlier who of us writes first."


def ask_in_waves(*, mark: str, now: datetime) -> None:
    """Every pair at its beginning; who has met half-way and, late, after the first meeting.

    All have said how they begin, so that there are results. Mentors have the last question before
    them.
    Call it inside the organization's scope and while no member is in scope.
    """
    rows = Pairing.objects.filter(state__in=AT_WORK).with_people().select_related("organization")
    for number, pairing in enumerate(rows.order_by("pk")):
        began = (pairing.began_at or now) + DAY
        _ask(pairing, Moment.BASELINE, Side, number, mark, now=began)
        if pairing.introduced_at:
            told: Iterable[Side] = Side if number % 2 else (Side.MENTEE,)
            _ask(pairing, Moment.MIDPOINT, told, number, mark, now=now - LATELY)
            told = (Side.MENTEE,) if number % 2 else ()
            _ask(pairing, Moment.INTRODUCTION, told, number, mark, now=now - YESTERDAY)


def _ask(
    pairing: Pairing,
    moment: Moment,
    told: Iterable[Side],
    number: int,
    mark: str,
    *,
    now: datetime,
) -> None:
    """Ask both, and let some of them answer an hour later."""
    ask([Occasion(pairing, side, moment) for side in Side], due_at=now, now=now)
    for side in told:
        with within(pairing.organization_id, member_id=pairing.person(side).member_id):
            voice, at = Voice(pairing, side, moment), now + AN_HOUR
            form = begin(voice, now=at).form
            if form:
                send(voice, _said(form, number, mark), now=at)


def _said(form: FeedbackForm, number: int, mark: str) -> Said:
    said: dict[UUID, int | str] = {}
    for each in form.questions.all():
        match each.kind:
            case QuestionKind.RATED:
                said[each.pk] = 3 + number % 3
            case QuestionKind.CHOICE:
                said[each.pk] = number % len(each.choices)
            case _ if number % 2:
                said[each.pk] = mark + COMMENT
    return said
