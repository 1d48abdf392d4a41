"""What people write for themselves, asked for past every page."""

import pytest
from django.db import connection

from mentoring.profiles.models import Aims
from mentoring.profiles.ratings import STATEMENTS
from programs.enums import Side
from tests.factories import create_owner, inside, login, url
from tests.profiles.people import create_place, create_topics
from tests.profiles.test_enrollment import SECRET_AIM, enroll_as_mentee, own

pytestmark = pytest.mark.django_db


def test_what_is_private_is_read_by_its_writer_only_and_lies_encrypted(client):
    organization, cohort, leader = create_place()
    topics = create_topics(organization, "AI tools")
    enroll_as_mentee(login(client, leader), leader, cohort, topics)
    admin = create_owner(organization)

    def asked_by(member_id) -> list:
        with inside(organization, member_id=member_id), connection.cursor() as cursor:
            cursor.execute("SELECT aims || challenges FROM profiles_aims")
            texts = [text for (text,) in cursor.fetchall()]
            cursor.execute("SELECT score FROM profiles_selfrating")
            return texts + [score for (score,) in cursor.fetchall()]

    own_rows = asked_by(leader.pk)
    assert len(own_rows) == 1 + len(STATEMENTS[Side.MENTEE])
    assert "pretending" not in own_rows[0]
    assert asked_by(admin.pk) == []
    assert asked_by(None) == []
    page = login(client, admin).get(url(admin, "enroll", cohort.pk, "mentee"), follow=True)
    assert SECRET_AIM not in page.text
    assert own(admin, Aims) == []


def test_nobody_writes_private_rows_in_the_name_of_another(client):
    organization, cohort, leader = create_place()
    topics = create_topics(organization, "AI tools")
    enroll_as_mentee(login(client, leader), leader, cohort, topics)
    admin = create_owner(organization)

    with inside(organization, member_id=admin.pk), connection.cursor() as cursor:
        cursor.execute("UPDATE profiles_aims SET aims = ''")
        changed = cursor.rowcount
        cursor.execute("DELETE FROM profiles_selfrating")
        deleted = cursor.rowcount

    assert (changed, deleted) == (0, 0)
    assert len(own(leader, Aims)) == 1
