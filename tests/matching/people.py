"""Cohorts in the database, small enough to match by hand."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils import timezone

from accounts.models import Department, Grade, Member, Organization
from mentoring.matching import jobs
from mentoring.matching.enums import Purpose, Wanted
from mentoring.matching.models import PairWish, Publication, Run
from mentoring.matching.operations import runs
from mentoring.matching.recipes import Settings, recipe_of, settings_of
from mentoring.matching.running import publishing
from mentoring.pairings.enums import LIVE, Origin, PairingState
from mentoring.pairings.models import Pairing
from mentoring.tenancy.scope import within
from programs.enums import CohortState, Side
from programs.models import Cohort, Participant, Topic
from tests.factories import create_organization, inside, reload
from tests.profiles.people import create_cohort, create_topics, take_part

MENTOR, MENTEE = Side.MENTOR, Side.MENTEE
RANKS = {MENTOR: 1, MENTEE: 5}


class Place:
    """An organization with a cohort that is being matched, and words to put people into it."""

    def __init__(self, organization: Organization | None = None, **cohort) -> None:
        self.organization = organization or create_organization()
        self.cohort = create_cohort(self.organization, **{"state": CohortState.MATCHING, **cohort})
        self.topics: dict[str, Topic] = {}

    def topic(self, name: str) -> Topic:
        if name not in self.topics:
            (self.topics[name],) = create_topics(self.organization, name)
        return self.topics[name]

    def grade(self, rank: int) -> Grade:
        with inside(self.organization):
            found, _ = Grade.objects.get_or_create(rank=rank, defaults={"name": f"Grade {rank}"})
            return found

    def department(self, name: str) -> Department:
        with inside(self.organization):
            found, _ = Department.objects.get_or_create(name=name)
            return found

    def person(
        self,
        side: Side,
        *topics: str,
        name: str = "",
        rank: int | None = None,
        department: str = "",
        languages: Sequence[str] = ("en",),
        manager: Member | None = None,
        **fields,
    ) -> Participant:
        """Somebody approved; a mentor is junior and a mentee senior unless ``rank`` says."""
        person = {
            "grade": self.grade(RANKS[side] if rank is None else rank),
            "languages": list(languages),
            "manager": manager,
            "department": self.department(department) if department else None,
            **fields.pop("person", {}),
        }
        chosen = [self.topic(each) for each in topics]
        return take_part(self.cohort, side, topics=chosen, name=name, person=person, **fields)

    def pairing(
        self, mentor: Participant, mentee: Participant, state: PairingState, **fields
    ) -> Pairing:
        """A pair in any state of its life, as if it had come there."""
        now = timezone.now()
        with inside(self.organization):
            return Pairing.objects.create(
                cohort=mentor.cohort,
                mentor=mentor,
                mentee=mentee,
                state=state,
                origin=Origin.MATCHING,
                asked=MENTEE if state == PairingState.PROPOSED else "",
                asked_at=now,
                expires_at=now + timedelta(days=5),
                proposed_at=now,
                **{**_places(state), **fields},
            )

    def wish(self, mentor: Participant, mentee: Participant, wanted: Wanted, **fields) -> PairWish:
        with inside(self.organization):
            return PairWish.objects.create(
                cohort=self.cohort,
                mentor=mentor,
                mentee=mentee,
                wanted=wanted,
                wanted_by=mentor.member,
                wanted_at=timezone.now(),
                **fields,
            )


def _places(state: PairingState) -> dict:
    if state not in LIVE:
        return {}
    agreed = dict.fromkeys(("mentor_agreed_at", "mentee_agreed_at", "began_at"), timezone.now())
    return {"mentor_place": 1, "mentee_place": 1, **agreed}


def settings_in(cohort: Cohort) -> Settings:
    """The program's own; call it inside the organization."""
    return settings_of(cohort.program, recipe_of(cohort.program))


def start(
    cohort: Cohort, purpose: Purpose = Purpose.PLAN, *, now: datetime | None = None, **fields
) -> Run:
    """A run that waits for a worker, with the program's own settings."""
    with inside(cohort.organization_id):
        return runs.start(
            cohort=cohort,
            purpose=purpose,
            settings=settings_in(cohort),
            actor=fields.get("actor"),
            now=now or timezone.now(),
        )


def send(publication: Publication, *, clock=timezone.now) -> Publication:
    """What a worker makes of it."""
    with within(publication.organization_id):
        publishing.look(publication_id=publication.pk, clock=clock)
    return reload(publication)


def work(run: Run, *, clock=timezone.now) -> Run:
    """What a worker makes of it."""
    with within(run.organization_id):
        jobs.look(run_id=run.pk, clock=clock)
    return reload(run)
