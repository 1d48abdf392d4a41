"""Mail that has not been sent follows people to another address."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.models import Member
from mentoring.outbox.readdressing import follow_addresses
from mentoring.tenancy.scope import within


@transaction.atomic
def follow_user(*, former: str, current: str, now: datetime) -> None:
    """The user in scope has another main address: in every organization."""
    for membership in Member.mine.all():
        with within(membership.organization_id):
            follow_addresses({former: current}, now=now)


@transaction.atomic
def follow_records(changed: Mapping[UUID, tuple[str, str]], *, now: datetime) -> None:
    """Records have other addresses: from which, and to which.

    Who has an account is written to at the address of that.
    """
    real = {key: (old, new) for key, (old, new) in changed.items() if old != new}
    if real:
        listed = Member.objects.filter(pk__in=real, user=None).values_list("pk", flat=True)
        follow_addresses(dict(real[key] for key in listed), now=now)
