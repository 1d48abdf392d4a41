"""Streaming inside an organization's scope."""

from collections.abc import Callable, Iterator
from contextvars import copy_context
from uuid import UUID

from django.db import transaction

from mentoring.tenancy.scope import Identified, within

type Chunks = Callable[[], Iterator[bytes]]


def stream_within(
    organization: Identified | UUID, chunks: Chunks, *, member_id: UUID | None = None
) -> Iterator[bytes]:
    """Chunks for a streaming response, made in the organization's scope and one transaction.

    A response is sent after the view has returned and its scope has closed. Every step
    of the generator runs in a context of its own, so the scope never leaks to the server
    thread between two chunks, not even when the client hangs up in the middle.
    """
    context = copy_context()

    def scoped() -> Iterator[bytes]:
        with within(organization, member_id=member_id), transaction.atomic():
            yield from chunks()

    generator = scoped()
    try:
        while True:
            try:
                chunk = context.run(next, generator)
            except StopIteration:
                return
            yield chunk
    finally:
        context.run(generator.close)  # type: ignore[attr-defined]
