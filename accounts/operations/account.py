"""What people do to their own account."""

from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction

from accounts.models import Member, User
from mentoring.outbox.following import follow_people
from mentoring.tenancy.scope import within

# Often enough to recognize a session by, seldom enough not to write with every page.
ACTIVITY = timedelta(minutes=5)


class UnknownSession(Exception):
    """The user has no such session, or it has just ended."""


@transaction.atomic
def change_profile(*, user: User, name: str, language: str, time_zone: str, now: datetime) -> None:
    """Store what the user says about themselves.

    Organizations that knew the person by the old name learn the new one, and what comes at
    the person's own hour follows into another zone.
    """
    _rename(user, name)
    is_elsewhere = user.time_zone != time_zone
    user.name, user.language, user.time_zone = name, language, time_zone
    user.save(update_fields=["name", "language", "time_zone"])
    if is_elsewhere:
        for membership in Member.mine.all():
            with within(membership.organization_id):
                follow_people([membership.pk], now=now)


@transaction.atomic
def choose_language(*, user: User, language: str) -> None:
    """Remember the language for all of the user's devices."""
    user.language = language
    user.save(update_fields=["language"])


def _rename(user: User, name: str) -> None:
    for membership in Member.mine.filter(name=str(user)):
        with within(membership.organization_id):
            Member.objects.filter(pk=membership.pk).update(name=name)


@transaction.atomic
def end_session(*, user: User, session_id: int) -> None:
    """Sign the user out on another device. Raises UnknownSession."""
    session = UserSession.objects.filter(user=user, pk=session_id).first()
    if session is None:
        raise UnknownSession
    session.end()


@transaction.atomic
def end_other_sessions(*, user: User, session: SessionBase) -> int:
    """Sign the user out everywhere else; return on how many devices."""
    others = UserSession.objects.filter(user=user).exclude(session_key=session.session_key)
    for other in others:
        other.end()
    return len(others)


def note_activity(
    *, user: User, session_key: str, address: str, user_agent: str, now: datetime
) -> None:
    """Keep when and from where a session was last seen, to the nearest few minutes."""
    seen = UserSession.objects.filter(session_key=session_key)
    known = seen.values_list("user_id", "ip", "user_agent", "last_seen_at").first()
    limit = UserSession._meta.get_field("user_agent").max_length or 0
    current = (user.pk, address, user_agent[:limit])
    if known and known[:3] == current and now - known[3] < ACTIVITY:
        return
    UserSession.objects.update_or_create(
        session_key=session_key,
        defaults={
            "user": user,
            "ip": address,
            "user_agent": user_agent[:limit],
            "last_seen_at": now,
        },
    )
