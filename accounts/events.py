"""Writing down what happened, for good."""

from typing import Any
from uuid import UUID

from django.utils import timezone

from accounts.models import AuditEvent, Member
from accounts.origin import current_origin

NAME_LENGTH = 254


def record(
    *,
    actor: Member | None,
    action: str,
    subject_id: UUID | None = None,
    subject_name: str = "",
    details: dict[str, Any] | None = None,
) -> AuditEvent:
    """Add a business event to the log of the organization in scope.

    Call it inside the transaction that makes the event true. ``actor`` None is the product
    itself. ``details`` hold facts that every owner may read: never a token, never the text
    of anything confidential. A change is a pair: ``{"name": ["before", "after"]}``.
    """
    event = prepare(
        actor=actor,
        action=action,
        subject_id=subject_id,
        subject_name=subject_name,
        details=details,
    )
    event.save(force_insert=True)
    return event


def record_all(events: list[AuditEvent]) -> None:
    """Add many prepared events at once."""
    AuditEvent.objects.bulk_create(events)


def prepare(
    *,
    actor: Member | None,
    action: str,
    subject_id: UUID | None = None,
    subject_name: str = "",
    details: dict[str, Any] | None = None,
) -> AuditEvent:
    """An event that is not written yet; see `record`."""
    origin = current_origin()
    return AuditEvent(
        at=timezone.now(),
        actor=actor,
        actor_name=str(actor)[:150] if actor else "",
        action=action,
        subject_id=subject_id,
        subject_name=subject_name[:NAME_LENGTH],
        details=details or {},
        address=origin.address,
        request_id=origin.request_id[:64],
    )
