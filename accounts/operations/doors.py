"""Ways into the organization that some other mail shows to the person."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from accounts import queries
from accounts.enums import Action, Reach
from accounts.models import Invitation, Member, Organization
from accounts.models.invitation import LIFETIME
from accounts.operations.audit import prepare, record_all
from accounts.tokens import digest, invitation_token
from mentoring.lib.ids import uuid7

BATCH = 2000


@transaction.atomic
def open_doors(
    *,
    emails: Iterable[str],
    next_path: str,
    valid_until: datetime | None,
    actor: Member,
    now: datetime,
) -> None:
    """Invite addresses without sending anything: the caller's own mail carries the link.

    An invitation that is open already stays as it is, with its link, but is good for longer;
    accepting leads on to ``next_path``. The caller knows that nobody of them is a member.
    """
    Organization.objects.select_for_update().first()
    wanted = list(dict.fromkeys(emails))
    expires_at = max(now + LIFETIME, valid_until or now)
    known = queries.open_invitations_by_email(wanted)
    for each in known.values():
        each.next_path = next_path
        each.expires_at = max(each.expires_at, expires_at)
    Invitation.objects.bulk_update(known.values(), ["next_path", "expires_at"], batch_size=BATCH)
    new = [
        _new(email, actor, next_path, now=now, expires_at=expires_at)
        for email in wanted
        if email not in known
    ]
    Invitation.objects.bulk_create(new, batch_size=BATCH)
    record_all(
        [
            prepare(
                actor=actor,
                action=Action.INVITATION_SENT,
                subject_id=each.pk,
                subject_name=each.email,
                details={"expires_at": each.expires_at.isoformat()},
            )
            for each in new
        ]
    )


def _new(
    email: str, actor: Member, next_path: str, *, now: datetime, expires_at: datetime
) -> Invitation:
    """An invitation without roles; not saved."""
    invitation = Invitation(
        id=uuid7(),
        organization_id=actor.organization_id,
        email=email,
        reach=Reach.ORGANIZATION,
        invited_by=actor,
        invited_at=now,
        sent_at=now,
        expires_at=expires_at,
        next_path=next_path,
    )
    invitation.token_digest = digest(invitation_token(invitation))
    return invitation
