"""A cohort with people of both sides, an admin who runs it, and a finished plan."""

from dataclasses import dataclass

from django.utils import timezone

from accounts.enums import Role
from accounts.models import Member
from mentoring.matching import outlooks
from mentoring.matching.enums import Purpose
from mentoring.matching.models import Publication, Run, RunPair
from mentoring.matching.operations import publishing
from mentoring.tenancy.scope import within
from programs.models import Participant
from tests.factories import create_member, inside, url
from tests.matching.people import MENTEE, MENTOR, Place, start, work

# What a request costs in tests only, where it runs inside a transaction.
SAVEPOINTS = 4


@dataclass
class Studio:
    """The place, its admin, and the people in order."""

    place: Place
    admin: Member
    mentors: list[Participant]
    mentees: list[Participant]

    @property
    def cohort(self):
        return self.place.cohort

    def url(self, view: str, *args) -> str:
        return url(self.place.organization, view, self.cohort.pk, *args)

    def plan(self) -> Run:
        """A plan as a worker makes it."""
        return work(start(self.cohort, actor=self.admin))

    def newest(self, purpose: Purpose) -> Run:
        with inside(self.place.organization):
            return Run.objects.filter(purpose=purpose).latest("queued_at")

    def pairs(self, run: Run) -> list[RunPair]:
        with inside(self.place.organization):
            people = ("mentor__member", "mentee__member")
            return list(RunPair.objects.filter(run=run).select_related(*people).order_by("pk"))

    def together(self, run: Run) -> set[tuple[str, str]]:
        """Names of mentor and mentee."""
        return {(str(each.mentor.member), str(each.mentee.member)) for each in self.pairs(run)}


def create_admin(place: Place, name: str = "Ida Admin") -> Member:
    return create_member(place.organization, name=name, roles=[Role.PROGRAM_ADMIN])


def create_studio(pairs: int = 2, **cohort) -> Studio:
    """As many mentors as mentees; those with the same number share two topics, all share one."""
    place = Place(**cohort)
    mentors = [
        place.person(MENTOR, f"Topic {at}", "Everything", name=f"Mentor {at}", department="Works")
        for at in range(pairs)
    ]
    mentees = [
        place.person(MENTEE, f"Topic {at}", "Everything", name=f"Mentee {at}", department="Sales")
        for at in range(pairs)
    ]
    return Studio(place, create_admin(place), mentors, mentees)


def ask_to_publish(studio: Studio, run: Run) -> Publication:
    """All pairs of the plan, waiting for a worker."""
    with inside(studio.place.organization):
        return publishing.publish(run=run, pairs=None, actor=studio.admin, now=timezone.now())


def work_out(run: Run, mentor: Participant, mentee: Participant) -> None:
    """What a worker does about the page of a pair."""
    with within(run.organization_id):
        outlooks.work_out(outlooks.Key(run.pk, mentor.pk, mentee.pk))
