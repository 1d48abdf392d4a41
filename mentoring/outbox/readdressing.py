"""What has not been sent follows people to another address."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from mentoring.outbox.adding import key_of
from mentoring.outbox.claims import finish
from mentoring.outbox.enums import WAITING, Reason, State
from mentoring.outbox.models import Message

UNSENT = (*WAITING, State.QUARANTINED)


@transaction.atomic
def follow_addresses(changed: Mapping[str, str], *, now: datetime) -> None:
    """Let what waits or failed at each former address be for the one that it leads to now.

    Whoever decides the same thing again names the new address, and whose wishes count is found
    by it. An occasion that waits at the new address already comes once.
    """
    moves = {key_of(old): new.strip() for old, new in changed.items() if key_of(old) != key_of(new)}
    unsent = Message.objects.filter(state__in=UNSENT, recipient__in=moves)
    held = list(unsent.select_for_update().order_by("pk"))
    if not held:
        return
    there = Message.objects.filter(
        recipient__in={key_of(new) for new in moves.values()},
        subject_id__in={each.subject_id for each in held},
    )
    known = set(there.values_list("kind", "recipient", "subject_id", "occurrence"))
    twice, moved = [], []
    for each in held:
        address = moves[each.recipient]
        occasion = (each.kind, key_of(address), each.subject_id, each.occurrence)
        if occasion in known:
            twice.append(each)
            continue
        each.recipient, each.address = key_of(address), address
        moved.append(each)
    finish(
        [each for each in twice if each.state in WAITING],
        State.SKIPPED,
        now=now,
        reason=Reason.WITHDRAWN,
    )
    Message.objects.bulk_update(moved, ["recipient", "address"], batch_size=1000)
