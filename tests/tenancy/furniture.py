"""A row in every tenant table, so that isolation is tested on data that could leak."""

from datetime import datetime, timedelta
from uuid import UUID

from accounts.models import (
    CareerStep,
    ColumnChoice,
    Department,
    Grade,
    ImportFile,
    ImportLine,
    Location,
    Member,
    PeopleImport,
)
from mentoring.lib.ids import uuid7
from mentoring.matching.enums import Purpose, RunState, Wanted
from mentoring.matching.models import (
    PairWish,
    Preference,
    Publication,
    Recipe,
    Run,
    RunData,
    RunPair,
    RunRest,
)
from mentoring.matching.recipes import settings_of
from mentoring.meetings.enums import AgendaSection, Deed
from mentoring.meetings.models import (
    AgendaItem,
    Assistant,
    Change,
    Commitment,
    Feed,
    Goal,
    GoalTally,
    Meeting,
    Place,
    PrivateNote,
    PublishedCommitment,
    SharedNote,
)
from mentoring.meetings.sealed import (
    AGENDA_ITEM,
    COMMITMENT,
    GOAL,
    PRIVATE_NOTE,
    SHARED_NOTE,
    seal_place,
)
from mentoring.pairings.enums import ConcernKind, Origin, PairingState
from mentoring.pairings.models import (
    Agreement,
    AgreementText,
    Concern,
    ConcernNote,
    Offer,
    Pairing,
    PairMessage,
    SharedAims,
)
from mentoring.pairings.sealed import (
    CONCERN,
    CONCERN_MESSAGE,
    CONCERN_NOTE,
    MESSAGE,
    seal_agreed,
    seal_aims,
    seal_offer,
)
from mentoring.profiles.enums import Direction
from mentoring.profiles.models import Aims, CriteriaStatement, Profile, SelfRating, TopicChoice
from mentoring.profiles.sealed import AIMS, CHARACTERISTIC, seal
from programs.enums import Cadence, CohortState, ParticipantState, Side, Stage
from programs.models import (
    Announcement,
    Attendance,
    Cohort,
    CohortInvitation,
    Eligibility,
    FeedbackForm,
    FeedbackQuestion,
    HiddenQuestion,
    LibraryQuestion,
    Participant,
    PeerCircle,
    PreparationDone,
    PreparationItem,
    Program,
    Topic,
    TopicFamily,
)
from tests.tenancy.calendar import furnish_calendar


def furnish_chart(name: str, member: Member, *, at: datetime) -> dict[str, UUID]:
    """Departments, locations, grades, a list of people, a day off and a schedule."""
    department = Department.objects.create(name=f"{name} Department")
    location = Location.objects.create(name=f"{name} Location")
    grade = Grade.objects.create(name=f"{name} Grade", rank=1)
    CareerStep.objects.create(
        member=member, since=at, department=department.name, grade=grade.name, is_here=True
    )
    people_import = PeopleImport.objects.create(
        file_name=f"{name}.csv", file_digest=name, uploaded_by=member, uploaded_at=at
    )
    ImportFile.objects.create(people_import=people_import, content=name.encode())
    ImportLine.objects.create(
        people_import=people_import, number=2, kind="new", name=name, email=f"{name}@example.org"
    )
    ColumnChoice.objects.create(heading=name, field="name")
    holiday = furnish_calendar(name, member, at=at)
    return {
        "holiday_id": holiday.pk,
        "department_id": department.pk,
        "location_id": location.pk,
        "grade_id": grade.pk,
        "import_id": people_import.pk,
    }


def furnish_program(
    name: str, program: Program, member: Member, *, at: datetime
) -> dict[str, UUID]:
    """Everything that hangs on a program."""
    item = PreparationItem.objects.create(program=program, title=name)
    form = FeedbackForm.objects.create(program=program, writer=Side.MENTOR, version=2)
    question = FeedbackQuestion.objects.create(form=form, position=1, text=name)
    other = FeedbackForm.objects.create(program=program, writer=Side.MENTEE, version=2)
    FeedbackQuestion.objects.create(form=other, position=1, text=name)
    family = TopicFamily.objects.create(name=f"{name} Family")
    topic = Topic.objects.create(family=family, name=f"{name} Topic")
    own_question = LibraryQuestion.objects.create(
        stage=Stage.FIRST, family=family, text=f"{name}?", created_by=member, created_at=at
    )
    HiddenQuestion.objects.create(key="first-day", hidden_by=member, hidden_at=at)
    cohort = Cohort.objects.create(
        program=program, name=f"{name} Cohort", state=CohortState.MATCHING
    )
    eligibility = Eligibility.objects.create(cohort=cohort, member=member)
    CohortInvitation.objects.create(
        cohort=cohort, member=member, side=Side.MENTEE, invited_by=member, invited_at=at, note=name
    )
    announcement = Announcement.objects.create(
        cohort=cohort, subject=name, text=name, sent_by=member, sent_at=at
    )
    participant = Participant.objects.create(
        cohort=cohort, member=member, side=Side.MENTEE, state=ParticipantState.APPROVED
    )
    PreparationDone.objects.create(participant=participant, item=item, done_at=at)
    circle = PeerCircle.objects.create(cohort=cohort, title=name, starts_at=at)
    Attendance.objects.create(circle=circle, participant=participant)
    return {
        "item_id": item.pk,
        "form_id": form.pk,
        "question_id": question.pk,
        "family_id": family.pk,
        "topic_id": topic.pk,
        "own_question_id": own_question.pk,
        "cohort_id": cohort.pk,
        "eligibility_id": eligibility.pk,
        "announcement_id": announcement.pk,
        "participant_id": participant.pk,
        "circle_id": circle.pk,
    }


def furnish_profile(name: str, participant: Participant, topic: Topic) -> None:
    """What the participant has written; call it as that member."""
    own = {"participant": participant, "member_id": participant.member_id}
    Profile.objects.create(member_id=participant.member_id, about=name)
    TopicChoice.objects.create(
        member_id=participant.member_id, topic=topic, direction=Direction.SOUGHT, rank=1, note=name
    )
    Aims.objects.create(**own, aims=seal(name, purpose=AIMS))
    SelfRating.objects.create(**own, statement=name[:40], score=3)
    CriteriaStatement.objects.create(**own, characteristic=seal(name, purpose=CHARACTERISTIC))


def furnish_pair(name: str, mentee: Participant, partner: Member, *, at: datetime) -> UUID:
    """A pair that the mentee asked for; call it as the mentee."""
    mentor = Participant.objects.create(
        cohort=mentee.cohort,
        member=partner,
        side=Side.MENTOR,
        state=ParticipantState.APPROVED,
        is_findable=True,
    )
    pairing = Pairing.objects.create(
        cohort=mentee.cohort,
        mentor=mentor,
        mentee=mentee,
        origin=Origin.REQUEST,
        state=PairingState.INTRODUCTORY,
        requested_by=Side.MENTEE,
        asked=Side.MENTOR,
        asked_at=at,
        expires_at=at + timedelta(days=7),
        mentor_agreed_at=at,
        mentee_agreed_at=at,
        mentor_place=1,
        mentee_place=1,
        proposed_at=at,
        began_at=at,
        introduction_due_on=at.date(),
    )
    Offer.objects.create(
        pairing=pairing, writer=mentee.member, reader=partner, text=seal_offer(name), written_at=at
    )
    SharedAims.objects.create(
        pairing=pairing, mentor_member=partner, mentee_member=mentee.member, **seal_aims(name, name)
    )
    furnish_agreement(name, pairing, at=at)
    return pairing.pk


def furnish_meetings(name: str, pairing_id: UUID, *, at: datetime) -> dict[str, UUID]:
    """The pair of `furnish_pair` plans a meeting; call it as one of the two.

    The mentee is also named as the mentor's assistant.
    """
    pairing = Pairing.objects.with_people().get(pk=pairing_id)
    mentor, mentee = pairing.mentor.member, pairing.mentee.member
    starts_at = at + timedelta(days=30)
    meeting = Meeting.objects.create(
        pairing=pairing,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=1),
        noted_by=Side.MENTEE,
        noted_at=at,
    )
    Place.objects.create(
        meeting=meeting, mentor_member=mentor, mentee_member=mentee, text=seal_place(name)
    )
    Change.objects.create(
        meeting=meeting, deed=Deed.PLANNED, side=Side.MENTEE, at=at, starts_at=starts_at
    )
    Assistant.objects.create(member=mentor, assistant=mentee, named_at=at)
    Feed.objects.create(member=mentee, token_digest=name, made_at=at)
    return {"meeting_id": meeting.pk, **furnish_agenda(name, meeting, mentee, at=at)}


def furnish_agenda(name: str, meeting: Meeting, writer: Member, *, at: datetime) -> dict[str, UUID]:
    """A point and both notes of the mentee; call it as the mentee."""
    pairing = meeting.pairing
    pair = {"mentor_member": pairing.mentor.member, "mentee_member": pairing.mentee.member}
    item = AgendaItem.objects.create(
        meeting=meeting,
        **pair,
        section=AgendaSection.GOALS,
        text=seal(name, purpose=AGENDA_ITEM),
        position=1,
        added_by=Side.MENTEE,
        added_at=at,
    )
    SharedNote.objects.create(
        meeting=meeting,
        **pair,
        text=seal(name, purpose=SHARED_NOTE),
        edited_by=Side.MENTEE,
        edited_at=at,
    )
    PrivateNote.objects.create(
        meeting=meeting, writer=writer, text=seal(name, purpose=PRIVATE_NOTE), edited_at=at
    )
    return {"agenda_item_id": item.pk}


def furnish_goals(name: str, pairing_id: UUID, *, at: datetime) -> dict[str, UUID]:
    """A goal, a commitment and one that the cohort reads; call it as one of the two."""
    pairing = Pairing.objects.with_people().get(pk=pairing_id)
    own = {
        "pairing": pairing,
        "mentor_member_id": pairing.mentor.member_id,
        "mentee_member_id": pairing.mentee.member_id,
    }
    goal = Goal.objects.create(**own, text=seal(name, purpose=GOAL), set_by=Side.MENTEE, set_at=at)
    GoalTally.objects.create(pairing=pairing, goals_set=1)
    text = seal(name, purpose=COMMITMENT)
    commitment = Commitment.objects.create(**own, text=text, written_by=Side.MENTEE, written_at=at)
    published = PublishedCommitment.objects.create(
        cohort_id=pairing.cohort_id, text=name, month=at.date().replace(day=1)
    )
    return {
        "goal_id": goal.pk,
        "commitment_id": commitment.pk,
        "published_id": published.pk,
    }


def furnish_agreement(name: str, pairing: Pairing, *, at: datetime) -> None:
    """What the mentee proposes to agree on; call it as one of the two."""
    agreement = Agreement.objects.create(
        pairing=pairing,
        version=1,
        cadence=Cadence.MONTHLY,
        minutes=45,
        ends_on=at.date() + timedelta(days=180),
        proposed_by=Side.MENTEE,
        proposed_on=at.date(),
        proposed_at=at,
        mentee_confirmed_at=at,
    )
    AgreementText.objects.create(
        agreement=agreement,
        mentor_member_id=pairing.mentor.member_id,
        mentee_member_id=pairing.mentee.member_id,
        **seal_agreed(name, name),
    )


def furnish_talk(
    name: str, pairing_id: UUID, mentee: Participant, partner: Member, *, at: datetime
) -> dict[str, UUID]:
    """A message of the mentee, and a concern of the partner that reached the mentee.

    Call it as the mentee.
    """
    text = seal(name, purpose=MESSAGE)
    key = uuid7()
    message = PairMessage.objects.create(
        pairing_id=pairing_id,
        writer=mentee.member,
        reader=partner,
        text=text,
        nonce=key,
        bundle=key,
        written_at=at,
    )
    concern = Concern.objects.create(
        pairing_id=pairing_id,
        reporter=partner,
        recipient=mentee.member,
        kind=ConcernKind.OTHER,
        text=seal(name, purpose=CONCERN),
        message_text=seal(name, purpose=CONCERN_MESSAGE),
        message_written_at=at,
        nonce=key,
        raised_at=at,
    )
    note = seal(name, purpose=CONCERN_NOTE)
    ConcernNote.objects.create(concern=concern, writer=mentee.member, text=note)
    return {"pair_message_id": message.pk, "concern_id": concern.pk}


def furnish_plan(
    name: str, mentee: Participant, partner: Member, *, at: datetime
) -> dict[str, UUID]:
    """A recipe, a wish, a trial and a plan with a pair, and somebody who is left.

    Call it after `furnish_pair` of the same two.
    """
    cohort, wanted_by = mentee.cohort, mentee.member
    mentor = Participant.objects.get(cohort=cohort, member=partner, side=Side.MENTOR)
    recipe = Recipe.objects.create(program=cohort.program)
    pair = {"mentor": mentor, "mentee": mentee}
    wish = PairWish.objects.create(
        cohort=cohort,
        **pair,
        wanted=Wanted.LOCK,
        broken=["department"],
        reason=name,
        wanted_by=wanted_by,
        wanted_at=at,
    )
    made = {
        "cohort": cohort,
        "state": RunState.DONE,
        "settings": settings_of(cohort.program, recipe).as_json(),
        "version": name,
        "started_by": wanted_by,
        "queued_at": at,
        "matched": 1,
    }
    run = Run.objects.create(**made, facts={name: 1})
    trial = Run.objects.create(**made, purpose=Purpose.TRIAL)
    Preference.objects.create(chooser=mentee, chosen=mentor, rank=1)
    RunData.objects.create(run=run, inputs=name.encode())
    publication = Publication.objects.create(
        run=run, asked=1, asked_by=wanted_by, asked_at=at, trouble=name
    )
    RunPair.objects.create(run=run, **pair, score=1, parts={name: 1}, publication=publication)
    RunRest.objects.create(run=run, participant=mentee, reason="nobody", facts={name: 1})
    return {
        "run_id": run.pk,
        "trial_id": trial.pk,
        "publication_id": publication.pk,
        "wish_id": wish.pk,
        "mentor_id": mentor.pk,
        "mentee_id": mentee.pk,
        "partner_id": mentor.pk,
    }
