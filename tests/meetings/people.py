"""Ada, a mentor, and Carl, a mentee, who are a pair and meet."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from mentoring.lib.moments import FORMAT
from mentoring.meetings.enums import Means
from mentoring.meetings.models import Change, Meeting
from mentoring.meetings.operations import planning
from mentoring.meetings.operations.logs import log
from mentoring.meetings.plans import Plan
from mentoring.outbox.models import Message
from mentoring.pairings.models import Pairing
from programs.enums import Side
from programs.models import Participant
from tests.factories import inside, login, reload, url
from tests.pairings.people import BERLIN
from tests.pairings.test_stepping_out import create_pair

PLACE = "https://video.example/room;1,2"

__all__ = ["BERLIN", "PLACE", "create_pair"]


def plan_of(
    starts_at: datetime, *, minutes: int = 45, means: Means = Means.VIDEO, place: str = ""
) -> Plan:
    return Plan(starts_at=starts_at, minutes=minutes, means=means, place=place)


def plan(
    pairing: Pairing,
    *,
    by: Participant,
    starts_at: datetime | None = None,
    now: datetime | None = None,
    **more: Any,
) -> Meeting:
    """A planned meeting, in a week unless told otherwise."""
    now = now or timezone.now()
    starts_at = starts_at or (now + timedelta(days=7)).replace(second=0, microsecond=0)
    with inside(pairing.organization_id, member_id=by.member_id):
        return planning.plan(
            pairing=pairing, side=Side(by.side), wanted=plan_of(starts_at, **more), now=now
        )


def held(pairing: Pairing, *, by: Participant, starts_at: datetime, minutes: int = 45) -> Meeting:
    """A meeting that took place and was noted right after it."""
    now = starts_at + timedelta(minutes=minutes)
    with inside(pairing.organization_id, member_id=by.member_id):
        was = plan_of(starts_at, minutes=minutes)
        return log(pairing=pairing, side=Side(by.side), was=was, now=now)


def send(client: Any, who: Participant, view: str, key: Any, data: dict[str, Any]) -> Any:
    """Fill the form on that page and press its button."""
    return login(client, who.member).post(url(who.member, view, key), data, follow=True)


def look(client: Any, who: Participant, view: str, *keys: Any) -> Any:
    return login(client, who.member).get(url(who.member, view, *keys))


def typed(at: datetime, *, minutes: int | str = 45, **more: Any) -> dict[str, Any]:
    """What somebody types in Berlin, where the people of these tests are."""
    local = timezone.localtime(at, BERLIN)
    return {"starts_at": local.strftime(FORMAT), "minutes": minutes, "means": "video", **more}


def meetings(pairing: Pairing) -> list[Meeting]:
    with inside(pairing.organization_id):
        return list(Meeting.objects.filter(pairing=pairing).order_by("starts_at", "pk"))


def deeds(meeting: Meeting) -> list[tuple[str, str]]:
    with inside(meeting.organization_id):
        rows = Change.objects.filter(meeting=meeting).order_by("at", "pk")
        return list(rows.values_list("deed", "side"))


def queued(pairing: Pairing, kind: str) -> list[tuple[str, str]]:
    """Recipient and occurrence of the messages of one kind."""
    with inside(pairing.organization_id):
        rows = Message.objects.filter(kind=kind).order_by("recipient", "occurrence")
        return list(rows.values_list("recipient", "occurrence"))


def state_of(pairing: Pairing) -> str:
    return reload(pairing).state
