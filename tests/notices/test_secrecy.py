"""What the bell says is for one person: asked of the database itself, as the application's role."""

import pytest
from django.db import ProgrammingError, connection

from mentoring.lib.ids import uuid7
from mentoring.notices.models import Notice
from tests.factories import create_member, create_owner, inside
from tests.notices.conftest import NOON
from tests.notices.test_pages import put, read_again

pytestmark = pytest.mark.django_db


def ask(sql: str, *params) -> list:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall() if cursor.description else [cursor.rowcount]


def readers(ada):
    """Everybody else, and whoever has nobody in scope."""
    return [create_owner(ada.organization).pk, create_member(ada.organization).pk, None]


def test_nobody_else_reads_changes_or_removes_a_notice(ada):
    (notice,) = put(ada, text="For Ada alone")
    for member_id in readers(ada):
        with inside(ada.organization_id, member_id=member_id):
            assert ask("SELECT count(*) FROM notices_notice") == [(0,)]
            assert ask("UPDATE notices_notice SET text = 'x', read_at = now()") == [0]
            assert ask("DELETE FROM notices_notice") == [0]
    assert read_again(notice).text == "For Ada alone"


def test_only_workers_write_for_others(ada):
    other = create_member(ada.organization)
    row = Notice(member=ada, message_id=uuid7(), kind="x", subject_id=uuid7(), text="x", at=NOON)
    here = inside(ada.organization_id, member_id=other.pk)
    with pytest.raises(ProgrammingError, match="row-level security"), here:
        Notice.objects.bulk_create([row], ignore_conflicts=True)
    (own,) = put(other)
    here = inside(ada.organization_id, member_id=other.pk)
    with pytest.raises(ProgrammingError, match="row-level security"), here:
        ask("UPDATE notices_notice SET member_id = %s", ada.pk)
    assert read_again(own).member_id == other.pk


def test_another_organization_sees_nothing(ada):
    put(ada)
    stranger = create_member(user=ada.user)
    with inside(stranger.organization_id, member_id=stranger.pk):
        for table in ("notice", "turnedoff", "delivery", "digestentry"):
            assert ask(f"SELECT count(*) FROM notices_{table}") == [(0,)]
