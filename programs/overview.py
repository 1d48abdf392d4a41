"""A cohort at a glance: what to do next, its days, and how far people have come."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Member
from accounts.terms import Form, Term, word_for
from programs.enums import CohortState, ParticipantState, Side
from programs.models import Cohort
from programs.preflight import errors_in
from programs.queries.funnel import Standing, funnel_of
from programs.steps import Step, steps_from
from programs.todos import Todo, more_todos

SOON = timedelta(days=7)
LOPSIDED = 1.5
FEWEST_TO_COMPARE = 5
LIVING = {CohortState.ENROLLING, CohortState.MATCHING, CohortState.RUNNING}


@dataclass(frozen=True, slots=True)
class Stage:
    """One state as the stepper shows it: done, current or todo."""

    label: str
    state: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One step of the funnel on one side; ``share`` is in hundredths of the widest."""

    label: str
    count: int
    share: int


@dataclass(frozen=True, slots=True)
class Column:
    """One side of the funnel."""

    name: str
    bars: list[Bar]
    standing: Standing


@dataclass(frozen=True, slots=True)
class Overview:
    """What the page shows. Steps and things to do are only for those who run the cohort."""

    stages: list[Stage]
    funnel: list[Column]
    steps: list[Step]
    todos: list[Todo]


def overview_of(cohort: Cohort, *, member: Member, today: date, may_manage: bool) -> Overview:
    """Everything on the page in a constant number of queries."""
    funnel = funnel_of(cohort, today=today)
    steps = steps_from(cohort, member=member, today=today, funnel=funnel) if may_manage else []
    blocks = errors_in(check for step in steps if not step.is_back for check in step.blocks)
    desk = Desk(cohort, member, today, funnel)
    return Overview(
        stages=_stages(cohort),
        funnel=[desk.column(side) for side in funnel],
        steps=steps,
        todos=list(desk.todos(len(blocks))) if may_manage else [],
    )


@dataclass(frozen=True, slots=True)
class Desk:
    """Works out what an admin should do next, the most pressing first."""

    cohort: Cohort
    member: Member
    today: date
    funnel: dict[Side, Standing]

    def todos(self, blocks: int) -> Iterator[Todo]:
        state = CohortState(self.cohort.state)
        if state == CohortState.DRAFT and blocks:
            text = ngettext(
                "%(count)d thing is missing before people can enroll",
                "%(count)d things are missing before people can enroll",
                blocks,
            )
            yield Todo(text % {"count": blocks}, self._url("cohort_preflight"), "warning")
        yield from self._days(state)
        if state in LIVING:
            yield from self._people()
        if state == CohortState.ENROLLING:
            yield from self._enrollment()
        yield from more_todos(self.cohort, self.member, self.today)

    def column(self, side: Side) -> Column:
        standing = self.funnel[side]
        return Column(self.called(side, capital=True), _bars(standing), standing)

    def called(self, side: Side, *, capital: bool = False) -> str:
        word = word_for(self.member.organization.terms, Term(side.value), Form.MANY)
        return word[:1].upper() + word[1:] if capital else word

    def _days(self, state: CohortState) -> Iterator[Todo]:
        here = self._url("cohort")
        closes, starts, ends = (
            self.cohort.enrollment_closes_on,
            self.cohort.starts_on,
            self.cohort.ends_on,
        )
        if state == CohortState.ENROLLING and closes and closes < self.today:
            yield Todo(_("Enrollment is over: close it, or give it a later day"), here, "warning")
        elif state == CohortState.ENROLLING and closes and closes - self.today <= SOON:
            yield Todo(_closes_in((closes - self.today).days), self._url("cohort_invite"))
        if state == CohortState.MATCHING and starts and starts <= self.today:
            yield Todo(_("The start day is here: let the pairs begin"), here, "warning")
        if state == CohortState.RUNNING and ends and ends < self.today:
            yield Todo(_("The last day has passed: start closing"), here, "warning")

    def _people(self) -> Iterator[Todo]:
        """What waits for a decision or for preparation."""
        pending = self._sum("pending")
        if pending:
            text = ngettext("Approve %(count)d person", "Approve %(count)d people", pending)
            yield Todo(
                text % {"count": pending}, self._people_url(ParticipantState.PENDING), "accent"
            )
        for side, each in self.funnel.items():
            free = None if self.cohort.places is None else self.cohort.places - each.approved
            if each.waitlisted and (free is None or free > 0):
                text = ngettext(
                    "%(count)d person is on the waiting list (%(people)s), and places are free",
                    "%(count)d people are on the waiting list (%(people)s), and places are free",
                    each.waitlisted,
                ) % {"count": each.waitlisted, "people": self.called(side)}
                yield Todo(text, self._people_url(ParticipantState.WAITLISTED), "accent")
        unprepared = self._sum("unprepared")
        if unprepared:
            text = ngettext(
                "%(count)d approved person has not finished the preparation",
                "%(count)d approved people have not finished the preparation",
                unprepared,
            )
            yield Todo(text % {"count": unprepared}, self._people_url(ParticipantState.APPROVED))

    def _enrollment(self) -> Iterator[Todo]:
        """What could still be done for more or better balanced enrollments."""
        unanswered, drafts = self._sum("unanswered"), self._sum("drafts")
        if not self._sum("invited"):
            yield Todo(_("Nobody is invited yet"), self._url("cohort_invite"), "accent")
        if unanswered:
            text = ngettext(
                "%(count)d invitation is unanswered",
                "%(count)d invitations are unanswered",
                unanswered,
            )
            yield Todo(text % {"count": unanswered}, self._url("cohort_invite"))
        if drafts:
            text = ngettext(
                "%(count)d person has begun to enroll and not finished",
                "%(count)d people have begun to enroll and not finished",
                drafts,
            )
            yield Todo(text % {"count": drafts}, self._people_url(ParticipantState.DRAFT))
        yield from self._balance()

    def _balance(self) -> Iterator[Todo]:
        """Told only when there are enough people for the difference to mean something."""
        (more, many), (less, few) = sorted(
            ((side, each.sent - each.declined) for side, each in self.funnel.items()),
            key=lambda pair: -pair[1],
        )
        if many >= FEWEST_TO_COMPARE and many > few * LOPSIDED:
            text = _("There are %(many)d %(more)s and only %(few)d %(less)s: invite %(less)s")
            words = {"many": many, "more": self.called(more)}
            words |= {"few": few, "less": self.called(less)}
            yield Todo(text % words, self._url("cohort_invite"))

    def _sum(self, name: str) -> int:
        return sum(getattr(each, name) for each in self.funnel.values())

    def _people_url(self, state: ParticipantState) -> str:
        address = self._url("cohort_people")
        return f"{address}?state={state}" if address else ""

    def _url(self, view: str) -> str:
        try:
            return reverse(view, args=[self.member.organization.slug, self.cohort.pk])
        except NoReverseMatch:
            return ""


def _closes_in(days: int) -> str:
    if not days:
        return _("Enrollment closes today")
    return ngettext(
        "Enrollment closes in %(count)d day", "Enrollment closes in %(count)d days", days
    ) % {"count": days}


def _stages(cohort: Cohort) -> list[Stage]:
    states = list(CohortState)
    now = states.index(CohortState(cohort.state))
    return [
        Stage(
            label=str(state.label),
            state="done" if at < now else "current" if at == now else "todo",
        )
        for at, state in enumerate(states)
    ]


def _bars(standing: Standing) -> list[Bar]:
    steps = {
        _("Eligible"): standing.eligible,
        _("Invited"): standing.invited,
        _("Started"): standing.started,
        _("Sent"): standing.sent,
        _("Approved"): standing.approved,
        _("Ready"): standing.ready,
    }
    widest = max(*steps.values(), 1)
    return [
        Bar(label, count, max(1, round(100 * count / widest)) if count else 0)
        for label, count in steps.items()
    ]
