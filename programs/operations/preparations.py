"""Writing down which preparation people have done."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from accounts.models import Member
from accounts.operations.audit import prepare, record_all
from programs.enums import Action, Audience, Side, Skip
from programs.models import Participant, PreparationDone, PreparationItem


@transaction.atomic
def mark_done(
    *, participants: Iterable[Participant], item: PreparationItem, actor: Member, done_at: datetime
) -> tuple[list[Participant], list[tuple[Participant, Skip]]]:
    """Mark an item as done for people; who it is not for, and who had it, are passed over."""
    people = list(participants)
    done = PreparationDone.objects.filter(item=item, participant__in=people)
    has_it = set(done.values_list("participant_id", flat=True))
    marked, skipped = [], []
    for each in people:
        if not is_for(item, Side(each.side)):
            skipped.append((each, Skip.OTHER_SIDE))
        elif each.pk in has_it:
            skipped.append((each, Skip.SAME))
        else:
            marked.append(each)
    PreparationDone.objects.bulk_create(
        [PreparationDone(participant=each, item=item, done_at=done_at) for each in marked],
        ignore_conflicts=True,
    )
    _record(Action.PREPARATION_MARKED, marked, item, actor)
    return marked, skipped


@transaction.atomic
def mark_open(*, participant: Participant, item: PreparationItem, actor: Member) -> None:
    """Take a mark back."""
    count, _ = PreparationDone.objects.filter(participant=participant, item=item).delete()
    if count:
        _record(Action.PREPARATION_UNMARKED, [participant], item, actor)


def is_for(item: PreparationItem, side: Side) -> bool:
    return item.audience in {Audience.BOTH, Audience(side)}


def _record(
    action: Action, people: Iterable[Participant], item: PreparationItem, actor: Member
) -> None:
    record_all(
        [
            prepare(
                actor=actor,
                action=action,
                subject_id=each.pk,
                subject_name=str(each.member),
                details={"item": item.title},
            )
            for each in people
        ]
    )
