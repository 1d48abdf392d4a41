"""Messages from admins to people of a cohort."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import QuerySet

from mentoring.outbox.enums import State
from mentoring.outbox.queries import counts_by_occurrence
from programs.enums import Audience, Side
from programs.models import Announcement, Cohort
from programs.models.participant import ParticipantQuerySet
from programs.queries.participants import people_in


def announcements_in(cohort: Cohort) -> QuerySet[Announcement]:
    """What was sent, latest first; tests are left out."""
    sent = Announcement.objects.filter(cohort=cohort, is_test=False)
    return sent.select_related("sent_by").order_by("-sent_at", "-pk")


def delivered(announcements: Sequence[Announcement], *, kind: str) -> dict[UUID, tuple[int, int]]:
    """For each: how many mails have left, and how many could not be sent."""
    counts = counts_by_occurrence(kind=kind, occurrences=[str(each.pk) for each in announcements])

    def of(each: Announcement) -> tuple[int, int]:
        found = counts.get(str(each.pk), {})
        return found.get(State.SENT, 0), found.get(State.QUARANTINED, 0)

    return {each.pk: of(each) for each in announcements}


def audience_in(cohort: Cohort, audience: Audience) -> ParticipantQuerySet:
    """The enrolled people of one side or of both."""
    people = people_in(cohort).enrolled()
    return people if audience == Audience.BOTH else people.on_side(Side(audience))


def to_write(key: UUID) -> Announcement:
    """An announcement with all that its mails say. Raises Announcement.DoesNotExist."""
    rows = Announcement.objects.select_related(
        "organization", "cohort__program", "sent_by__user", "sent_by__location"
    )
    found: Announcement = rows.get(pk=key)
    return found
