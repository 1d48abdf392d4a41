"""The log of messages, for those who may read it."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

from accounts.models import Member, User
from accounts.permissions import Permission
from accounts.queries.finding import fitting, words_of
from mentoring.outbox.models import Message
from mentoring.outbox.queries import message_log


def messages_of(member: Member) -> QuerySet[Message]:
    """The organization's messages, for members who may read the log."""
    messages = message_log()
    return messages if member.may(Permission.MESSAGES_VIEW) else messages.none()


def addressed_to(messages: QuerySet[Message], text: str) -> QuerySet[Message]:
    """Those whose address has every word, or whose recipient is a member who fits."""
    people = fitting(Member.objects.all(), text)
    records = people.annotate(address=Lower("email")).order_by().values("address")
    logins = people.exclude(user=None).annotate(address=Lower("user__email")).order_by()
    in_address = Q()
    for word in words_of(text):
        in_address &= Q(recipient__contains=word.lower())
    found = Q(("recipient__in", records)) | Q(("recipient__in", logins.values("address")))
    return messages.filter(in_address | found)


def people_at(addresses: Iterable[str]) -> dict[str, Member]:
    """The members whom mail reaches at these addresses, in small letters; in two queries."""
    wanted = {each.lower() for each in addresses}
    users: dict[str, UUID] = dict(
        User.objects.annotate(address=Lower("email"))
        .filter(address__in=wanted)
        .values_list("address", "pk")
    )
    rows = Member.objects.annotate(address=Lower("email"))
    members = list(rows.filter(Q(user__in=set(users.values())) | Q(address__in=wanted)))
    by_user = {each.user_id: each for each in members if each.user_id}
    by_record = {each.email.lower(): each for each in members}
    return {
        address: found
        for address in wanted
        if (found := _first(by_user, users.get(address)) or by_record.get(address))
    }


def _first(members: dict[UUID, Member], user: UUID | None) -> Member | None:
    return members.get(user) if user else None
