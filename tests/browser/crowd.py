"""Many people who join and enroll, through the operations behind the pages.

A browser would take minutes for what is the same for each of them. Run as
``python -m tests.browser.crowd SLUG COUNT`` with the environment of a running web process.
"""

import sys
from itertools import cycle, islice
from typing import Any

import django

ANSWERS: dict[str, dict[str, Any]] = {
    "words": {"about": "I like to listen."},
    "aims": {"aims": "See what I do not see from here.", "challenges": ""},
    "send": {"done": [], "consented": True, "pledged": True},
}


def enroll_a_crowd(slug: str, count: int) -> int:
    """Let ``count`` of those who were invited join and enroll; return how many did."""
    from django.db import transaction
    from django.utils import timezone

    from accounts.queries.imports import organization_called
    from mentoring.tenancy.scope import within
    from programs.models import CohortInvitation, Topic

    organization_id = organization_called(slug)
    assert organization_id, slug
    with within(organization_id), transaction.atomic():
        invited = CohortInvitation.objects.filter(member__user=None, declined_at=None)
        chosen = list(
            invited.select_related("member", "cohort__program").order_by("member__email")[:count]
        )
        topics = list(Topic.objects.in_use().order_by("name"))
    for invitation, topic in islice(zip(chosen, cycle(topics), strict=False), count):
        with transaction.atomic():
            member = _join(organization_id, invitation.member.email, now=timezone.now())
            with within(organization_id, member_id=member.pk):
                _enroll(member, invitation, topic, now=timezone.now())
    return len(chosen)


def _join(organization_id: Any, email: str, *, now: Any) -> Any:
    from allauth.account.models import EmailAddress

    from accounts.models import Invitation, User
    from accounts.operations.invitations import accept
    from accounts.tokens import invitation_token
    from mentoring.tenancy.scope import within

    user = User.objects.create_user(email, name=email.partition("@")[0])
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    with within(organization_id):
        token = invitation_token(Invitation.objects.open().get(email=email))
    return accept(organization_id=organization_id, token=token, user=user, now=now)


def _enroll(member: Any, invitation: Any, topic: Any, *, now: Any) -> None:
    from mentoring.profiles.enums import STEPS
    from mentoring.profiles.operations import enrollment
    from mentoring.profiles.ratings import statements_of
    from programs.enums import MeetingForm, Side

    side = Side(invitation.side)
    when = {"languages": ["en"], "availability": [], "meeting_form": MeetingForm.ANY}
    answers = ANSWERS | {
        "topics": {"picks": [(topic.pk, "")]},
        "when": {**when, "capacity": 1, "finding": "wait", "is_findable": True},
        "start": {"ratings": {each.key: 3 for each in statements_of(side)}},
    }
    today = now.date()
    participant = None
    for step in STEPS[side]:
        participant = enrollment.save_step(
            member=member,
            cohort=invitation.cohort,
            side=side,
            step=step,
            answers=answers[step],
            today=today,
            now=now,
        )
    enrollment.send(participant=participant, today=today, now=now)


if __name__ == "__main__":
    django.setup()
    print(enroll_a_crowd(sys.argv[1], int(sys.argv[2])))
