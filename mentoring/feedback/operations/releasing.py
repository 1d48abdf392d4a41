"""Handing answers to those who run a cohort: once a week, together, in no order, without names.

An answer is its writer's alone in the database too, so a worker reads it as the writer and
writes what may be told into rows that know nobody.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import SystemRandom
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Max

from accounts.models import Organization
from mentoring.feedback.disclosure import least
from mentoring.feedback.ledger import Candidate, may_be_told
from mentoring.feedback.models import Answers, Release, ReleasedAnswer, Response
from mentoring.feedback.sealed import Said, seal_comment, unseal_answers
from mentoring.lib.clock import day_at, instant, zone_named
from mentoring.outbox.operations import enqueue
from mentoring.tenancy.scope import within
from programs.enums import Moment, QuestionKind, Side
from programs.models import Cohort, FeedbackForm, FeedbackQuestion

RELEASE = "feedback.release"
# Longer than any transaction lasts in which somebody sends, so that nobody's answer is passed by.
SETTLED = timedelta(hours=1)
# So long scores wait for more people than an average needs.
PATIENCE = timedelta(weeks=4)
AT_NIGHT = time(3)

type Settled = tuple[Response, datetime]


@dataclass(frozen=True, slots=True)
class Before:
    """Up to when answers to a question were released before, and in how many batches."""

    until: datetime | None = None
    batches: int = 0


@dataclass(frozen=True, slots=True)
class Told:
    """What one person answered to one question, and since when it may be released."""

    member_id: UUID
    value: int | str
    since: datetime


def plan_release(cohort_id: UUID, *, now: datetime) -> None:
    """Look in the night to the next Monday. Twice in a week is once."""
    zone = zone_named(Organization.objects.get().time_zone)
    monday = _next_monday(day_at(now, zone))
    enqueue(
        kind=RELEASE,
        recipient=str(cohort_id),
        subject_id=cohort_id,
        occurrence=monday.isoformat(),
        due_at=instant(monday, AT_NIGHT, zone),
    )


def release_due(cohort_ids: Iterable[UUID], *, now: datetime) -> None:
    """Release what may be told of these cohorts. Call it while no member is in scope."""
    for cohort_id in sorted(cohort_ids):
        _release(cohort_id, now=now)


@transaction.atomic
def _release(cohort_id: UUID, *, now: datetime) -> None:
    cohort = Cohort.objects.select_for_update(of=("self",)).filter(pk=cohort_id).first()
    if cohort is None:
        return
    until = now - SETTLED
    forms = FeedbackForm.objects.filter(pk__in=_forms_of(cohort)).prefetch_related("questions")
    is_waiting = [_release_form(cohort, form, until=until, now=now) for form in forms]
    if any(is_waiting):
        plan_release(cohort_id, now=now)


def _forms_of(cohort: Cohort) -> Iterable[UUID]:
    rows = Response.objects.sent().filter(pairing__cohort=cohort).order_by()
    return rows.values_list("form", flat=True).distinct()


def _release_form(cohort: Cohort, form: FeedbackForm, *, until: datetime, now: datetime) -> bool:
    """Return whether something will be told although nobody else answers."""
    questions = [each for each in form.questions.all() if _is_told(form, each)]
    before = _released_before(cohort, questions)
    since = min((before[each.pk].until for each in questions), key=_or_never, default=None)
    answers = _answers_since(cohort, form, since, until)
    waits = False
    for question in questions:
        told = list(_told(answers, question, after=before[question.pk].until))
        if _is_enough(question, told, is_patient=_is_fresh(told, now=now)):
            candidate = _candidate(cohort, form, question, told, before[question.pk], now=now)
            # Who was refused is not asked about again before somebody else has answered.
            if may_be_told(candidate, now=now):
                _write(cohort, question, told, until=until, now=now)
        else:
            waits = waits or _is_enough(question, told, is_patient=False)
    return waits


def _candidate(
    cohort: Cohort,
    form: FeedbackForm,
    question: FeedbackQuestion,
    told: Sequence[Told],
    before: Before,
    *,
    now: datetime,
) -> Candidate:
    return Candidate(
        question_id=question.pk,
        cohort_id=cohort.pk,
        side=Side(form.writer),
        number=before.batches + 1,
        members=frozenset(each.member_id for each in told),
        answers=len(told),
        least=least(QuestionKind(question.kind), is_patient=_is_fresh(told, now=now)),
    )


def _is_told(form: FeedbackForm, question: FeedbackQuestion) -> bool:
    """Words to the partner are the partner's alone, also without a name."""
    return not (form.moment == Moment.PARTNER and question.kind == QuestionKind.TEXT)


def _released_before(
    cohort: Cohort, questions: Sequence[FeedbackQuestion]
) -> Mapping[UUID, Before]:
    rows = Release.objects.filter(cohort=cohort, question__in=questions).order_by()
    counted = rows.values("question").annotate(last=Max("until"), number=Count("pk"))
    found = {
        key: Before(last, number)
        for key, last, number in counted.values_list("question", "last", "number")
    }
    return {each.pk: found.get(each.pk, Before()) for each in questions}


def _answers_since(
    cohort: Cohort, form: FeedbackForm, since: datetime | None, until: datetime
) -> list[tuple[Settled, Said]]:
    """What was sent after the one moment and before the other, read as each writer in turn.

    Feedback to the partner counts from when the partner could read it: nobody can take it back.
    """
    column = "opened_at" if form.moment == Moment.PARTNER else "sent_at"
    rows = Response.objects.sent().filter(pairing__cohort=cohort, form=form)
    rows = rows.filter(**{f"{column}__lte": until})
    if since:
        rows = rows.filter(**{f"{column}__gt": since})
    found = []
    for each in rows.order_by("pk"):
        with within(each.organization_id, member_id=each.member_id):
            stored = Answers.objects.filter(response=each).values_list("text", flat=True).first()
        if stored:
            found.append(((each, getattr(each, column)), unseal_answers(stored)))
    return found


def _told(
    answers: Sequence[tuple[Settled, Said]], question: FeedbackQuestion, *, after: datetime | None
) -> Iterator[Told]:
    for (response, settled_at), said in answers:
        value = said.get(question.pk)
        if value is not None and (after is None or settled_at > after):
            yield Told(response.member_id, value, settled_at)


def _is_fresh(told: Sequence[Told], *, now: datetime) -> bool:
    return min((each.since for each in told), default=now) > now - PATIENCE


def _is_enough(question: FeedbackQuestion, told: Sequence[Told], *, is_patient: bool) -> bool:
    people = {each.member_id for each in told}
    return len(people) >= least(QuestionKind(question.kind), is_patient=is_patient)


def _write(
    cohort: Cohort,
    question: FeedbackQuestion,
    told: Sequence[Told],
    *,
    until: datetime,
    now: datetime,
) -> None:
    release = Release.objects.create(
        cohort=cohort,
        question=question,
        until=until,
        released_on=now.date(),
        respondents=len({each.member_id for each in told}),
    )
    rows = [_row(release, each.value) for each in told]
    SystemRandom().shuffle(rows)
    ReleasedAnswer.objects.bulk_create(rows)


def _row(release: Release, value: int | str) -> ReleasedAnswer:
    if isinstance(value, str):
        return ReleasedAnswer(release=release, text=seal_comment(value))
    return ReleasedAnswer(release=release, value=value)


def _next_monday(day: date) -> date:
    return day + timedelta(days=7 - day.weekday())


def _or_never(moment: datetime | None) -> float:
    return moment.timestamp() if moment else 0.0
