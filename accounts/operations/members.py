"""What becomes of members: their roles, leaving, coming back."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from accounts.enums import Action, Reach, Role
from accounts.models import Member, Organization
from accounts.operations.audit import record
from accounts.operations.careers import note_steps
from accounts.signals import members_gone, roles_changed


class LastOwner(Exception):
    """The organization would be left without anybody who can run it."""


class NotJoined(Exception):
    """The person is on the list only; roles come with the invitation."""


class HasLeft(Exception):
    """The person left by the own wish; only an invitation may bring them back."""


@transaction.atomic
def change_roles(
    *, member: Member, roles: Iterable[Role], reach: Reach, actor: Member, now: datetime
) -> Member:
    """Give a member these roles and no others.

    ``reach`` counts for program admins only. Raises LastOwner, or NotJoined.
    """
    member = _locked(member)
    if member.user_id is None:
        raise NotJoined
    wanted = [role for role in Role if role in set(roles)]
    wanted_reach = reach if Role.PROGRAM_ADMIN in wanted else Reach.ORGANIZATION
    before, reach_before = list(member.roles), member.reach
    if (before, reach_before) == (wanted, wanted_reach):
        return member
    if Role.OWNER not in wanted:
        _refuse_last_owner(member)
    member.roles, member.reach = wanted, wanted_reach
    member.save(update_fields=["roles", "reach"])
    details: dict[str, object] = {"roles": [before, wanted]}
    if reach_before != wanted_reach:
        details["reach"] = [reach_before, wanted_reach]
    _record(Action.ROLES_CHANGED, member, actor, details)
    roles_changed.send(sender=Member, now=now)
    return member


@transaction.atomic
def deactivate(*, member: Member, actor: Member, now: datetime) -> Member:
    """Take away a member's access at once; the history stays. Raises LastOwner."""
    member = _locked(member)
    if not member.deactivated_at:
        _refuse_last_owner(member)
        member.deactivated_at = now
        member.save(update_fields=["deactivated_at"])
        note_steps([member.pk], now=now)
        _record(Action.MEMBER_DEACTIVATED, member, actor)
        members_gone.send(sender=Member, members=[member], now=now)
    return member


@transaction.atomic
def reactivate(*, member: Member, actor: Member, now: datetime) -> Member:
    """Give a deactivated member access again, with the roles of before. Raises HasLeft."""
    member = _locked(member)
    if member.left_at:
        raise HasLeft
    if member.deactivated_at:
        member.deactivated_at = member.off_roster_at = None
        member.save(update_fields=["deactivated_at", "off_roster_at"])
        note_steps([member.pk], now=now)
        _record(Action.MEMBER_REACTIVATED, member, actor)
        roles_changed.send(sender=Member, now=now)
    return member


@transaction.atomic
def leave(*, member: Member, now: datetime) -> Member:
    """Leave the organization oneself. Only a new invitation leads back. Raises LastOwner."""
    member = _locked(member)
    if not member.deactivated_at:
        _refuse_last_owner(member)
        member.deactivated_at = member.left_at = now
        member.save(update_fields=["deactivated_at", "left_at"])
        note_steps([member.pk], now=now)
        _record(Action.MEMBER_LEFT, member, member)
        members_gone.send(sender=Member, members=[member], now=now)
    return member


def _locked(member: Member) -> Member:
    """The member as it is now, while everybody else who changes owners waits.

    The organization's row is the lock: two owners who demote each other come one after
    the other, and the second is refused.
    """
    Organization.objects.select_for_update().get()
    return Member.objects.get(pk=member.pk)


def _refuse_last_owner(member: Member) -> None:
    if Role.OWNER in member.roles and not member.deactivated_at:
        others = Member.objects.joined().with_role(Role.OWNER).exclude(pk=member.pk)
        if not others.exists():
            raise LastOwner


def _record(
    action: Action, member: Member, actor: Member, details: dict[str, object] | None = None
) -> None:
    record(
        actor=actor,
        action=action,
        subject_id=member.pk,
        subject_name=str(member),
        details=details,
    )
