"""Feedback in the demo: what the two of a pair of before wrote to each other, and what is told."""

from datetime import datetime, timedelta
from uuid import UUID

from mentoring.feedback.moments import ENDED_WELL
from mentoring.feedback.operations.answering import Voice, begin, send
from mentoring.feedback.operations.opening import open_due, thank
from mentoring.feedback.operations.releasing import release_due
from mentoring.feedback.sealed import Said
from mentoring.pairings.models import Pairing
from mentoring.tenancy.scope import within
from programs.enums import Moment, QuestionKind, Side
from programs.models import Cohort, FeedbackForm

DAY = timedelta(days=1)
WORDS = {
    Side.MENTOR: "You asked one more time. That’s when I dared to tell you the rest. Keep asking!",
    Side.MENTEE: "You explained it without making me feel slow. Next time, interrupt me earlier.",
}
SCORES = {Side.MENTOR: (4, 5, 3, 4), Side.MENTEE: (5, 5, 4, 5, 4)}


def give_feedback(*, mark: str, now: datetime) -> None:
    """Who has ended a pair well has heard from the partner; every second mentor has kept silent.

    One of the two has said thank you. Call it inside the organization's scope and while no member
    is in scope.
    """
    rows = Pairing.objects.filter(state__in=ENDED_WELL).with_people()
    for number, pairing in enumerate(rows.select_related("organization").order_by("pk")):
        ended = pairing.ended_at or now
        for side in Side if number % 2 else (Side.MENTEE,):
            _write(pairing, side, mark, now=ended + DAY)
        at = ended + DAY * pairing.cohort.program.feedback_days
        open_due([pairing.pk], now=at)
        with within(pairing.organization_id, member_id=pairing.mentee.member_id):
            thank(pairing=pairing, side=Side.MENTEE, now=at + DAY)


def tell_results(*, now: datetime) -> None:
    """What enough people have answered is told. Call it while no member is in scope."""
    release_due(Cohort.objects.values_list("pk", flat=True), now=now)


def _write(pairing: Pairing, side: Side, mark: str, *, now: datetime) -> None:
    voice = Voice(pairing, side, Moment.PARTNER)
    with within(pairing.organization_id, member_id=voice.member.pk):
        form = begin(voice, now=now).form
        if form:
            send(voice, _said(form, side, mark), now=now)


def _said(form: FeedbackForm, side: Side, mark: str) -> Said:
    scores = iter(SCORES[side])
    said: dict[UUID, int | str] = {}
    for each in form.questions.all():
        is_text = each.kind == QuestionKind.TEXT
        said[each.pk] = mark + WORDS[side] if is_text else next(scores, 4)
    return said
