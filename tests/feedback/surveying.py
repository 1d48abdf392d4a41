"""Ada, a mentor, and Carl, a mentee, whom the program asks in waves."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from django.utils import timezone

from accounts.models import Member
from mentoring.feedback.models import Answers, Response
from mentoring.feedback.operations.answering import Voice, begin, save, send
from mentoring.feedback.operations.asking import AGAIN, ASK, SURVEY, Occasion, ask
from mentoring.feedback.sealed import Said, unseal_answers
from mentoring.outbox.models import Message
from mentoring.pairings.models import Pairing
from mentoring.pairings.operations.endings import step_out
from programs.enums import WAVES, CohortState, Moment, QuestionKind, Side
from programs.models import FeedbackForm, FeedbackQuestion, Participant, Program
from tests.factories import create_organization, inside, login, url
from tests.meetings.people import held
from tests.pairings.agreeing import create_pair
from tests.pairings.people import MONDAY, create_two
from tests.profiles.people import create_cohort

WORDS = "It’s <good> & that's it"
DAY = timedelta(days=1)


def morning(month: int, day: int, *, year: int = 2026) -> datetime:
    """Nine o'clock in Berlin in winter, which is when reminders come there."""
    return datetime(year, month, day, 8, tzinfo=UTC)


def create_beginners(now: datetime = MONDAY, **organization: Any) -> Pairing:
    """Who have just become a pair in Berlin, where weekends are free."""
    made = create_organization(time_zone="Europe/Berlin", **organization)
    return create_pair(*create_two(create_cohort(made, state=CohortState.MATCHING)), now=now)


def create_met(now: datetime | None = None) -> tuple[Participant, Participant, Pairing]:
    """Who have met yesterday."""
    now = now or timezone.now()
    pairing = create_beginners(now - 3 * DAY)
    meet(pairing, now - DAY)
    return pairing.mentor, pairing.mentee, again(pairing)


def create_asked(
    moment: Moment = Moment.INTRODUCTION, *, now: datetime | None = None
) -> tuple[Participant, Participant, Pairing]:
    """The two have met, and both are asked now and at no other moment.

    At the end and later the pair is over.
    """
    now = now or timezone.now()
    ada, carl, pairing = create_met(now)
    if moment in (Moment.END, Moment.LATER):
        end(pairing, now)
        pairing = again(pairing)
    waves_off(pairing, *(each for each in WAVES if each != moment))
    ask_in(pairing, moment, now=now)
    return ada, carl, pairing


def again(pairing: Pairing) -> Pairing:
    """As it is now, with people."""
    with inside(pairing.organization_id):
        found: Pairing = Pairing.objects.with_people().get(pk=pairing.pk)
    return found


def meet(pairing: Pairing, at: datetime) -> None:
    held(again(pairing), by=pairing.mentor, starts_at=at)


def end(pairing: Pairing, at: datetime) -> None:
    with inside(pairing.organization_id):
        step_out(pairing=pairing, side=Side.MENTOR, now=at)


def ask_in(
    pairing: Pairing, moment: Moment, *, sides: Iterable[Side] = tuple(Side), now: datetime
) -> None:
    """What a worker does when it is time."""
    with inside(pairing.organization_id):
        ask([Occasion(again(pairing), side, moment) for side in sides], due_at=now, now=now)


def asked(pairing: Pairing) -> list[tuple[str, str]]:
    """Moment and side of everybody who was asked, in that order."""
    with inside(pairing.organization_id):
        rows = Response.objects.filter(pairing=pairing, asked_at__isnull=False)
        return list(rows.order_by("asked_at", "moment", "side").values_list("moment", "side"))


def both(moment: Moment) -> list[tuple[str, str]]:
    return [(moment.value, side.value) for side in sorted(Side)]


def mails_to(pairing: Pairing, kind: str) -> dict[str, list[str]]:
    """Occurrences of the messages of one kind in each state."""
    with inside(pairing.organization_id):
        found: dict[str, list[str]] = {}
        for each in Message.objects.filter(kind=kind, subject_id=pairing.pk).order_by("occurrence"):
            found.setdefault(each.state, []).append(each.occurrence)
        return found


def waves_off(pairing: Pairing, *moments: Moment) -> None:
    with inside(pairing.organization_id):
        program = Program.objects.get(pk=pairing.cohort.program_id)
        program.waves = [each for each in program.waves if each not in moments]
        program.save(update_fields=["waves"])


def page_of(client: Any, who: Participant, pairing: Pairing, moment: str) -> Any:
    return login(client, who.member).get(url(who.member, "pair_survey", pairing.pk, moment))


def press(
    client: Any, who: Participant, pairing: Pairing, moment: str, data: Any, do: str = "send"
) -> Any:
    """Press one of the buttons of the form."""
    address = url(who.member, "pair_survey", pairing.pk, moment)
    return login(client, who.member).post(address, {**data, "do": do}, follow=True)


def autosave(
    client: Any, who: Participant, pairing: Pairing, moment: str, data: Any, *, by_htmx: bool = True
) -> Any:
    address = url(who.member, "pair_survey_draft", pairing.pk, moment)
    headers = {"HX-Request": "true"} if by_htmx else {}
    return login(client, who.member).post(address, data, headers=headers)


def questions_of(who: Participant, pairing: Pairing, moment: Moment) -> list[FeedbackQuestion]:
    """What the person is asked, in order; the first time they begin by it."""
    with inside(pairing.organization_id, member_id=who.member_id):
        voice = Voice(again(pairing), Side(who.side), moment)
        form = begin(voice, now=timezone.now()).form
        assert form is not None
        return list(form.questions.order_by("position"))


def typed(questions: Iterable[FeedbackQuestion], words: str = WORDS, value: int = 1) -> Any:
    """What the browser sends when all questions are answered."""
    return {
        f"answer_{each.pk.hex}": words if each.kind == QuestionKind.TEXT else str(value)
        for each in questions
    }


def said_to(questions: Iterable[FeedbackQuestion], words: str = WORDS, value: int = 1) -> Said:
    return {each.pk: words if each.kind == QuestionKind.TEXT else value for each in questions}


def answer_all(
    who: Participant,
    pairing: Pairing,
    moment: Moment,
    *,
    is_draft: bool = False,
    words: str = WORDS,
) -> None:
    """By the operation, as that person."""
    questions = questions_of(who, pairing, moment)
    with inside(pairing.organization_id, member_id=who.member_id):
        voice = Voice(again(pairing), Side(who.side), moment)
        act = save if is_draft else send
        act(voice, said_to(questions, words), now=timezone.now())


def answers_of(who: Participant, pairing: Pairing, moment: Moment) -> list[int | str]:
    """What stands in the person's answers, as the person reads them."""
    with inside(pairing.organization_id, member_id=who.member_id):
        rows = Answers.objects.filter(response__pairing=pairing, response__moment=moment)
        return [value for row in rows for value in unseal_answers(row.text).values()]


def sent_by(who: Participant, pairing: Pairing, moment: Moment) -> datetime | None:
    with inside(pairing.organization_id):
        row = Response.objects.get(pairing=pairing, member=who.member_id, moment=moment)
        sent_at: datetime | None = row.sent_at
        return sent_at


def write_form(program: Program, moment: Moment, count: int) -> None:
    """So many questions of each kind in turn, for both sides, as the newest version."""
    kinds = list(QuestionKind)
    with inside(program.organization_id):
        for writer in Side:
            version = FeedbackForm.objects.filter(program=program, moment=moment).count() + 1
            form = FeedbackForm.objects.create(
                program=program, moment=moment, writer=writer, version=version
            )
            FeedbackQuestion.objects.bulk_create(
                FeedbackQuestion(
                    form=form,
                    position=number,
                    kind=kinds[number % len(kinds)],
                    text=f"Question {number}",
                    choices=["Yes", "No"] if kinds[number % len(kinds)] == "choice" else [],
                )
                for number in range(count)
            )


def members_of(pairing: Pairing) -> list[Member]:
    return [pairing.mentor.member, pairing.mentee.member]


__all__ = [
    "AGAIN",
    "ASK",
    "DAY",
    "MONDAY",
    "SURVEY",
    "WORDS",
    "again",
    "answer_all",
    "answers_of",
    "ask_in",
    "asked",
    "autosave",
    "both",
    "create_asked",
    "create_beginners",
    "create_met",
    "end",
    "mails_to",
    "meet",
    "members_of",
    "morning",
    "page_of",
    "press",
    "questions_of",
    "said_to",
    "sent_by",
    "typed",
    "waves_off",
    "write_form",
]
