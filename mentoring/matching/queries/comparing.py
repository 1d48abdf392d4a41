"""What another plan would change for whom."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import Member
from mentoring.matching.models import Run, RunPair
from programs.enums import Side
from programs.models import Participant
from programs.models.participant import ParticipantQuerySet


@dataclass(frozen=True, slots=True)
class Change:
    """One mentee's partners before and after."""

    mentee: Participant
    before: list[Member]
    after: list[Member]


def changed_between(before: Run, after: Run) -> ParticipantQuerySet:
    """The mentees who have other partners in the second plan than in the first, by name."""
    lost = _only_in(before, after).filter(mentee=OuterRef("pk"))
    won = _only_in(after, before).filter(mentee=OuterRef("pk"))
    people: ParticipantQuerySet = Participant.objects.filter(
        Exists(lost) | Exists(won), cohort=after.cohort_id, side=Side.MENTEE
    )
    return people.select_related("member__department").order_by("member__sort_name", "pk")


def changes_of(people: Iterable[Participant], before: Run, after: Run) -> list[Change]:
    """Old and new partners of these mentees; one query."""
    shown = list(people)
    partners: dict[tuple[UUID, UUID], list[Member]] = defaultdict(list)
    pairs = RunPair.objects.filter(run__in=[before, after], mentee__in=shown)
    for pair in pairs.select_related("mentor__member").order_by("mentor__member__sort_name"):
        partners[pair.run_id, pair.mentee_id].append(pair.mentor.member)
    return [
        Change(each, partners[before.pk, each.pk], partners[after.pk, each.pk]) for each in shown
    ]


def _only_in(one: Run, other: Run) -> QuerySet[RunPair]:
    same = RunPair.objects.filter(run=other, mentor=OuterRef("mentor"), mentee=OuterRef("mentee"))
    return RunPair.objects.filter(~Exists(same), run=one)
