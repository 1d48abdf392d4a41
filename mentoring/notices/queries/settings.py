"""What a member has chosen, and what there is to choose."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID
from zoneinfo import ZoneInfo

from accounts.models import Member
from accounts.permissions import Permission
from accounts.reaching import zone_name_of
from mentoring.notices.enums import DIGEST, Way
from mentoring.notices.models import Delivery, TurnedOff
from mentoring.outbox.enums import Group
from mentoring.outbox.registry import MailKind, mail_kinds

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as Text

# Kinds of other groups may reach everybody.
FOR_SOME = {
    Group.RUNNING: Permission.COHORT_MANAGE,
    Group.EXPORTS: Permission.REPORTS_EXPORT,
}


@dataclass(frozen=True, slots=True)
class Switches:
    """The kinds of one group, each of which can be turned on and off."""

    group: Group
    kinds: list[MailKind]


def switches_for(member: Member) -> list[Switches]:
    """The kinds that the member can ever get and may turn off, by group."""
    kinds = [
        each
        for each in mail_kinds()
        if _has_switch(each) and each.name != DIGEST and _may_get(member, each)
    ]
    found = [Switches(group, [each for each in kinds if each.group == group]) for group in Group]
    return [each for each in found if each.kinds]


def always_sent() -> list["Text"]:
    """What the kinds are called that nobody can turn off."""
    return list(dict.fromkeys(each.label for each in mail_kinds() if each.is_essential))


def switch_named(name: str) -> MailKind | None:
    """The kind that is turned on and off by this name; the summary is one, too."""
    return next((each for each in mail_kinds() if each.name == name and _has_switch(each)), None)


def _has_switch(kind: MailKind) -> bool:
    return not (kind.is_essential or kind.switch)


def _may_get(member: Member, kind: MailKind) -> bool:
    permission = FOR_SOME.get(kind.group)
    return permission is None or member.may(permission)


def turned_off_by(member: Member) -> set[tuple[str, str]]:
    """Kinds and ways."""
    return set(TurnedOff.objects.filter(member=member).values_list("kind", "way"))


def delivery_of(member: Member, today: date) -> Delivery:
    """What the member chose, or what holds as long as nothing was; no pause that is over."""
    found = Delivery.objects.filter(member=member).first() or Delivery(member=member)
    if found.paused_until and found.paused_until <= today:
        found.paused_until = None
    return found


def zone_of(member: Member) -> ZoneInfo:
    return ZoneInfo(zone_name_of(member, member.organization))


def wants_mail(member: Member, kind: str) -> bool:
    return not TurnedOff.objects.filter(member=member, kind=kind, way=Way.MAIL).exists()


def member_behind(member_id: UUID) -> Member | None:
    """The member of the organization in scope, also when deactivated."""
    rows = Member.objects.select_related("user", "location", "organization")
    return rows.filter(pk=member_id).first()
