"""Streaming answers are made in the organization's scope, and leave none behind."""

from collections.abc import Iterator

import pytest
from django.http import StreamingHttpResponse

from accounts.models import Member
from mentoring.tenancy.scope import NOBODY, current_scope
from mentoring.tenancy.streams import stream_within
from tests.tenancy.conftest import House

pytestmark = pytest.mark.usefixtures("committed_db")


def names() -> Iterator[bytes]:
    for member in Member.objects.select_related("user").order_by("user__name").iterator(1):
        yield str(member).encode()


def test_chunks_come_from_the_scope_although_the_view_has_returned(
    ours: House, theirs: House
) -> None:
    response = StreamingHttpResponse(stream_within(ours.organization, names))
    assert list(response) == [b"Ours Member", b"Ours Owner"]


def test_between_two_chunks_the_thread_has_no_scope(ours: House) -> None:
    chunks = stream_within(ours.organization, names)
    assert next(chunks) == b"Ours Member"
    assert current_scope() == NOBODY
    assert list(chunks) == [b"Ours Owner"]
    assert current_scope() == NOBODY


def test_a_reader_who_hangs_up_leaves_no_scope_and_no_transaction(
    ours: House, theirs: House
) -> None:
    response = StreamingHttpResponse(stream_within(ours.organization, names))
    chunks = iter(response)
    next(chunks)
    response.close()
    assert list(stream_within(theirs.organization, names)) == [b"Theirs Member", b"Theirs Owner"]
