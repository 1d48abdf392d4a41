"""Rows of feedback and of what was released of it, for tests of isolation."""

from datetime import datetime
from uuid import UUID

from mentoring.feedback.models import (
    Answers,
    KeepsakeConsent,
    Reflection,
    Release,
    ReleasedAnswer,
    Response,
)
from mentoring.feedback.parts import CommonPart, OwnPart
from mentoring.feedback.sealed import seal_answers, seal_comment, seal_reflection
from mentoring.pairings.models import Pairing
from programs.enums import Moment, Side
from programs.operations.questions import form_in_use


def furnish_feedback(name: str, pairing_id: UUID, *, at: datetime) -> None:
    """What the mentee of the pair has written to the mentor; call it as that member."""
    pairing = Pairing.objects.select_related("mentor", "mentee", "cohort__program").get(
        pk=pairing_id
    )
    member_id = pairing.mentee.member_id
    program = pairing.cohort.program
    form = form_in_use(program=program, moment=Moment.PARTNER, writer=Side.MENTEE)
    question = form.questions.order_by("position")[0]
    response = Response.objects.create(
        pairing=pairing,
        member_id=member_id,
        side=Side.MENTEE,
        moment=Moment.PARTNER,
        form=form,
        begun_at=at,
        sent_at=at,
    )
    said = {question.pk: f"{name} answer"}
    Answers.objects.create(response=response, writer_id=member_id, text=seal_answers(said))
    release = Release.objects.create(
        cohort=pairing.cohort, question=question, until=at, released_on=at.date(), respondents=1
    )
    ReleasedAnswer.objects.create(release=release, text=seal_comment(f"{name} comment"))
    furnish_closing(name, pairing, at=at)


def furnish_closing(name: str, pairing: Pairing, *, at: datetime) -> None:
    """What the mentee takes along, shared with the mentor; call it as the mentee."""
    mentor = pairing.mentor.member_id
    mentee = pairing.mentee.member_id
    Reflection.objects.create(
        pairing=pairing,
        part=OwnPart.LINE,
        writer_id=mentee,
        reader_id=mentor,
        text=seal_reflection({"line": f"{name} line"}),
        saved_at=at,
    )
    KeepsakeConsent.objects.create(
        pairing=pairing,
        mentor_member_id=mentor,
        mentee_member_id=mentee,
        part=CommonPart.GOALS,
        side=Side.MENTEE,
        given_at=at,
    )
