"""Who may join a cohort on which side."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Self
from uuid import UUID

from django.db.models import Count, Prefetch, Q
from django.db.models.functions import Lower

from accounts.models import Department, Grade, Location, Member
from accounts.models.member import MemberQuerySet
from programs.enums import Audience, Side
from programs.models import Cohort, CohortInvitation, Eligibility

KINDS = ("department_id", "location_id", "grade_id")
SAMPLE_SIZE = 10
AVAILABLE = Q(on_leave=False)
OF_SIDE = {Side.MENTOR: Audience.MENTOR, Side.MENTEE: Audience.MENTEE}


@dataclass(frozen=True, slots=True)
class Rule:
    """The lines of a cohort that count for one side; see `Eligibility` for what they mean."""

    kinds: dict[str, frozenset[UUID]] = field(default_factory=dict)
    named: frozenset[UUID] = frozenset()

    @classmethod
    def of(cls, lines: Iterable[Eligibility], side: Side) -> Self:
        ours = [line for line in lines if line.audience in {Audience.BOTH, OF_SIDE[side]}]
        kinds = {kind: frozenset(_values(ours, kind)) for kind in KINDS}
        return cls(
            kinds={kind: values for kind, values in kinds.items() if values},
            named=frozenset(_values(ours, "member_id")),
        )

    @classmethod
    def choosing(
        cls,
        *,
        departments: Iterable[UUID] = (),
        locations: Iterable[UUID] = (),
        grades: Iterable[UUID] = (),
        people: Iterable[UUID] = (),
    ) -> Self:
        """What the rule would be if this were saved."""
        chosen = zip(KINDS, (departments, locations, grades), strict=True)
        kinds = {kind: frozenset(keys) for kind, keys in chosen}
        return cls({kind: keys for kind, keys in kinds.items() if keys}, frozenset(people))

    def fits(self, member: Member) -> bool:
        """Whether the lines let this member in, apart from being with the organization."""
        if member.pk in self.named:
            return True
        if not self.kinds:
            return not self.named
        return all(getattr(member, kind) in values for kind, values in self.kinds.items())

    def as_q(self) -> Q:
        """The same as `fits`, for the database."""
        if not self.kinds and not self.named:
            return Q()
        named = Q(pk__in=self.named)
        every = Q(**{f"{kind}__in": values for kind, values in self.kinds.items()})
        return named | every if self.kinds else named


@dataclass(frozen=True, slots=True)
class Sample:
    """How many people a rule lets in, and the first of them by name."""

    side: Side
    count: int
    people: list[Member]


def sample_of(rule: Rule, side: Side) -> Sample:
    """Two queries."""
    people = available_people().filter(rule.as_q())
    first = people.by_name().select_related("department", "location", "grade")[:SAMPLE_SIZE]
    return Sample(side, people.count(), list(first))


def choices_to_tick() -> dict[str, list[tuple[str, str]]]:
    """The departments, locations and grades of the organization in scope, by id."""
    return {
        "departments": _pairs(Department.objects.by_name()),
        "locations": _pairs(Location.objects.by_name()),
        "grades": _pairs(Grade.objects.from_junior_to_senior()),
    }


def eligible_people(cohort: Cohort, side: Side) -> MemberQuerySet:
    """The people who may join the cohort on this side: active, not on leave, let in by a line.

    Grades are compared in matching, not here: somebody is eligible whoever is on the other side.
    """
    return available_people().filter(rule_of(cohort, side).as_q())


def eligible_counts(cohort: Cohort) -> dict[Side, int]:
    """How many people are eligible on each side; one query, and one for the lines."""
    rules = rules_of(cohort)
    counted = {side: Count("pk", filter=AVAILABLE & rule.as_q()) for side, rule in rules.items()}
    found = Member.objects.active().aggregate(**{each.value: counted[each] for each in counted})
    return {side: found[side.value] for side in Side}


def eligible_on_any_side(cohort: Cohort) -> MemberQuerySet:
    """The people who may join the cohort on one side or on both."""
    rules = [rule.as_q() for rule in rules_of(cohort).values()]
    return available_people().filter(rules[0] | rules[1] if all(rules) else Q())


def available_people() -> MemberQuerySet:
    """The people of the organization in scope who could take part in anything now."""
    return Member.objects.active().filter(AVAILABLE)


def rule_of(cohort: Cohort, side: Side) -> Rule:
    """What the cohort's lines say about one side; reads them unless they are prefetched."""
    return Rule.of(cohort.eligibilities.all(), side)


def rules_of(cohort: Cohort) -> dict[Side, Rule]:
    """What the cohort's lines say about each side, read once."""
    lines = list(cohort.eligibilities.all())
    return {side: Rule.of(lines, side) for side in Side}


def is_eligible(member: Member, cohort: Cohort, side: Side) -> bool:
    """Whether one member may join the cohort on this side."""
    return _is_available(member) and rule_of(cohort, side).fits(member)


def open_cohorts_for(member: Member, *, today: date) -> list[tuple[Cohort, list[Side]]]:
    """The cohorts that the member may enroll in on this day, each with the open sides.

    Somebody who was invited by name may enroll on that side whatever the lines say.
    """
    if not _is_available(member):
        return []
    opens = Q(enrollment_opens_on=None) | Q(enrollment_opens_on__lte=today)
    closes = Q(enrollment_closes_on=None) | Q(enrollment_closes_on__gte=today)
    own = CohortInvitation.objects.filter(member=member, ended_at=None)
    cohorts = (
        Cohort.objects.open_for_enrollment()
        .filter(opens & closes)
        .select_related("program")
        .prefetch_related("eligibilities", Prefetch("invitations", own, to_attr="own_invitations"))
        .order_by("enrollment_closes_on", "pk")
    )
    found = [(cohort, _open_sides(cohort, member)) for cohort in cohorts]
    return [(cohort, sides) for cohort, sides in found if sides]


def people_named(text: str) -> tuple[list[Member], list[str]]:
    """The active people whose address or employee number is on a line, and the other lines."""
    lines = list(dict.fromkeys(line.strip(" \t,;") for line in text.splitlines()))
    wanted = {line.lower(): line for line in lines if line}
    people = Member.objects.active().annotate(
        address=Lower("email"), number=Lower("employee_number")
    )
    by_key: dict[str, Member] = {}
    for each in people.filter(Q(address__in=wanted) | Q(number__in=wanted)):
        by_key |= {each.email.lower(): each}
        by_key |= {each.employee_number.lower(): each} if each.employee_number else {}
    found = {member.pk: member for key in wanted if (member := by_key.get(key))}
    return list(found.values()), [line for key, line in wanted.items() if key not in by_key]


def _open_sides(cohort: Cohort, member: Member) -> list[Side]:
    invited = {each.side for each in getattr(cohort, "own_invitations", [])}
    return [side for side in Side if side in invited or rule_of(cohort, side).fits(member)]


def _is_available(member: Member) -> bool:
    return member.deactivated_at is None and not member.on_leave


def _pairs(rows: Iterable[Department | Location | Grade]) -> list[tuple[str, str]]:
    return [(str(each.pk), each.name) for each in rows]


def _values(lines: Iterable[Eligibility], kind: str) -> set[UUID]:
    return {value for line in lines if (value := getattr(line, kind)) is not None}
