"""``python -m tests.storm.hand VERB …``: writes into the storm's database as the product does.

A process of its own, because the harness may run inside a test run with another database.
"""

import os
import sys
from uuid import UUID

import django

django.setup()

from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from accounts.models import Invitation  # noqa: E402
from accounts.operations.invitations import KIND, revoke  # noqa: E402
from mentoring.outbox import jobs  # noqa: E402
from mentoring.outbox.operations import enqueue_all  # noqa: E402
from tests.factories import create_organization, create_owner, create_user, inside  # noqa: E402
from tests.storm.kinds import MARK, POISON  # noqa: E402
from tests.storm.tables import MESSAGES  # noqa: E402

INVITATIONS = """
WITH made AS (
    INSERT INTO accounts_invitation (organization_id, email, roles, reach, generation,
        token_digest, invited_by_id, invited_at, sent_at, expires_at, next_path)
    SELECT %(organization)s, %(name)s || n || '@example.org', '{}', 'organization', 1,
        lpad(n::text, 64, '0'), %(owner)s, now(), now(), now() + interval '7 days', ''
    FROM generate_series(1, %(count)s) AS n RETURNING id, email
)
INSERT INTO outbox_message (organization_id, kind, channel, recipient, address, subject_id,
    occurrence, state, due_at, look_at, attempts, reason, detail, created_at)
SELECT %(organization)s, %(kind)s, 'mail', email, email, id, '1', 'queued',
    now(), now(), 0, '', '', now() FROM made
"""


def _fill(organization: UUID, statement: str, **values: str | int | UUID) -> None:
    with inside(organization), connection.cursor() as cursor:
        cursor.execute(statement, {"organization": organization, **values})


def effects(organizations: str, count: str, poison: str = "0") -> None:
    """Due marks, so many in each new organization, some of them poisonous."""
    for _ in range(int(organizations)):
        pk = create_organization(slug=_slug()).pk
        common = {"kind": MARK, "channel": "effect"}
        _fill(pk, MESSAGES, name="p", count=int(count) - int(poison), **common)
        _fill(pk, MESSAGES, name="poison", count=int(poison), **common)
        print(pk)


def mails(organizations: str, count: str, poison: str = "0") -> None:
    """Due invitations, so many in each new organization, and mails that cannot be written."""
    for _ in range(int(organizations)):
        slug = _slug()
        organization = create_organization(slug=slug)
        owner = create_owner(organization, user=create_user(email=f"{slug}@example.org"))
        good, bad = int(count) - int(poison), int(poison)
        _fill(organization.pk, INVITATIONS, kind=KIND, name=slug, owner=owner.pk, count=good)
        _fill(organization.pk, MESSAGES, kind=POISON, channel="mail", name="p", count=bad)
        print(organization.pk)


def decide(organization: str, count: str) -> None:
    """The same occasions each time it is called: the real code, with its nudge."""
    with inside(UUID(organization)):
        wanted = [("somebody", UUID(int=number), "again") for number in range(int(count))]
        enqueue_all(kind=MARK, wanted=wanted, due_at=timezone.now())


def withdraw(organization: str) -> None:
    """Take back every invitation of the organization, as an admin would."""
    with inside(UUID(organization)):
        for invitation in Invitation.objects.open().select_related("invited_by"):
            revoke(invitation=invitation, actor=invitation.invited_by, now=timezone.now())


def sweep() -> None:
    """What a beat makes a worker do once a minute."""
    jobs.sweep(now=timezone.now())


def _slug() -> str:
    return f"storm-{UUID(bytes=os.urandom(16)).hex[:20]}"


VERBS = {each.__name__: each for each in (effects, mails, decide, withdraw, sweep)}

if __name__ == "__main__":
    VERBS[sys.argv[1]](*sys.argv[2:])
