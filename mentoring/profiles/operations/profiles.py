"""Saving what a member says about themselves."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import transaction

from accounts.models import Member
from mentoring.profiles.enums import Direction
from mentoring.profiles.models import Profile, TopicChoice
from programs.enums import ParticipantState, Side
from programs.models import Participant, Topic

type Pick = tuple[UUID, str]
GONE = (ParticipantState.WITHDRAWN, ParticipantState.DECLINED)
SIDE_OF = {Direction.OFFERED: Side.MENTOR, Direction.SOUGHT: Side.MENTEE}


class TopicMissing(Exception):
    """Who takes part keeps at least one topic."""


@transaction.atomic
def save_topics(*, member: Member, direction: Direction, picks: Sequence[Pick]) -> None:
    """Make these the member's topics, the most important one first, each with an own line.

    Topics that are not there to choose are passed over. A topic that was archived after
    the member chose it may stay. Raises TopicMissing for the last topic of somebody who
    has enrolled with it.
    """
    Member.objects.select_for_update(of=("self",)).get(pk=member.pk)
    before = {row.topic_id: row for row in _choices(member, direction)}
    wanted = [topic_id for topic_id, _ in picks]
    known = set(Topic.objects.in_use().filter(pk__in=wanted).values_list("pk", flat=True))
    kept = [(key, note) for key, note in dict(picks).items() if key in known | before.keys()]
    if not kept and before and _is_needed(member, direction):
        raise TopicMissing
    _choices(member, direction).exclude(topic__in=[key for key, _ in kept]).delete()
    TopicChoice.objects.bulk_create(
        [
            TopicChoice(
                organization_id=member.organization_id,
                member=member,
                topic_id=topic_id,
                direction=direction,
                rank=rank,
                note=note,
            )
            for rank, (topic_id, note) in enumerate(kept, start=1)
        ],
        update_conflicts=True,
        unique_fields=["organization", "member", "direction", "topic"],
        update_fields=["rank", "note"],
    )


@transaction.atomic
def save_profile(*, member: Member, **answers: Any) -> Profile:
    """Keep about, availability, meeting_form or languages; what is not given stays.

    The form of meeting also becomes the one of everything that the member takes part in.
    """
    if "languages" in answers:
        languages = answers.pop("languages")
        Member.objects.filter(pk=member.pk).update(languages=languages)
        member.languages = languages
    profile: Profile
    profile, _is_new = Profile.objects.update_or_create(member=member, defaults=answers)
    if "meeting_form" in answers:
        Participant.objects.filter(member=member).exclude(state__in=GONE).update(
            meeting_form=answers["meeting_form"]
        )
    return profile


@transaction.atomic
def move_choices(*, source: Topic, target: Topic) -> None:
    """Let everybody who chose ``source`` have chosen ``target``.

    Who has chosen both keeps one, with the better rank and a note if either has one.
    """
    kept = {(row.member_id, row.direction): row for row in _chosen(target)}
    moved, better = [], []
    for row in _chosen(source):
        twin = kept.get((row.member_id, row.direction))
        if twin:
            twin.rank, twin.note = min(twin.rank, row.rank), twin.note or row.note
            better.append(twin)
        else:
            row.topic = target
            moved.append(row)
    TopicChoice.objects.bulk_update(moved, ["topic"], batch_size=1000)
    TopicChoice.objects.bulk_update(better, ["rank", "note"], batch_size=1000)
    _chosen(source).delete()


def _chosen(topic: Topic) -> Any:
    return TopicChoice.objects.filter(topic=topic)


def _choices(member: Member, direction: Direction) -> Any:
    return TopicChoice.objects.filter(member=member, direction=direction)


def _is_needed(member: Member, direction: Direction) -> bool:
    taking_part = Participant.objects.filter(member=member, side=SIDE_OF[direction])
    return taking_part.enrolled().exists()
