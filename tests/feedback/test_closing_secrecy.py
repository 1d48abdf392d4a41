"""What two people look back on is read by whom they choose, also past the application."""

import pytest
from django.core.management import call_command
from django.db import connection

from mentoring.feedback.parts import CommonPart, OwnPart
from mentoring.feedback.sealed import unseal_reflection
from tests.factories import create_member, create_owner, inside
from tests.feedback.looking_back import (
    LINE,
    choose,
    create_ended,
    look,
    part_of,
    rate_at_start,
    reflect,
    rows_of,
    scores_of,
)
from tests.pairings.people import deliver
from tests.profiles.test_key_rotation import rotation

__all__ = ["rotation"]

database = pytest.mark.django_db
TABLES = ("feedback_reflection", "feedback_keepsakeconsent")


def asked_by(pairing, member_id, table, columns="*"):
    """What the database shows to the application while that member is in scope."""
    with inside(pairing.organization_id, member_id=member_id), connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM {table}")
        return cursor.fetchall()


@database
def test_nobody_but_the_writer_reads_what_is_not_shared():
    ada, carl, pairing = create_ended()
    rate_at_start(ada, 1, 2, 3, 4, 5)
    reflect(ada, pairing, 5, line=LINE)
    strangers = [create_owner(ada.cohort.organization), create_member(ada.cohort.organization)]

    assert len(asked_by(pairing, ada.member_id, TABLES[0])) == 2
    for reader in (carl.member_id, *(each.pk for each in strangers), None):
        assert asked_by(pairing, reader, TABLES[0]) == []
        assert asked_by(pairing, reader, "profiles_selfrating") == []


@database
def test_a_shared_part_is_the_partners_too_until_it_is_taken_back():
    ada, carl, pairing = create_ended()
    rate_at_start(ada, 1, 2, 3, 4, 5)
    strangers = [create_owner(ada.cohort.organization), create_member(ada.cohort.organization)]
    for shared in ((OwnPart.LINE,), (OwnPart.STANDING,), (*OwnPart,), ()):
        reflect(ada, pairing, 5, line=LINE, shared=shared)
        seen = asked_by(pairing, carl.member_id, TABLES[0], "part")
        assert {part for (part,) in seen} == set(shared)
        for reader in (*(each.pk for each in strangers), None):
            assert asked_by(pairing, reader, TABLES[0]) == []


@database
def test_the_scores_of_the_start_are_copied_only_while_they_are_shared():
    ada, _carl, pairing = create_ended()
    rate_at_start(ada, 1, 2)
    now = scores_of("mentor", 5)
    reflect(ada, pairing, 5)
    stored = rows_of(ada, pairing)[OwnPart.STANDING].text
    assert unseal_reflection(stored) == {"now": now}
    reflect(ada, pairing, 5, shared=(OwnPart.STANDING,))
    stored = rows_of(ada, pairing)[OwnPart.STANDING].text
    assert unseal_reflection(stored) == {"now": now, "then": scores_of("mentor", 1, 2)}


@database
def test_everything_lies_encrypted():
    ada, _carl, pairing = create_ended()
    reflect(ada, pairing, 5, line="A very plain line", shared=(*OwnPart,))
    texts = [text for (text,) in asked_by(pairing, ada.member_id, TABLES[0], "text")]
    assert len(texts) == 2
    for text in texts:
        for plain in ("plain", "speaks_up", "now", "line"):
            assert plain not in text


@database
def test_what_both_want_to_keep_is_known_to_the_two_alone():
    ada, carl, pairing = create_ended()
    choose(ada, pairing, CommonPart.GOALS)
    strangers = [create_owner(ada.cohort.organization), create_member(ada.cohort.organization)]
    assert len(asked_by(pairing, carl.member_id, TABLES[1])) == 1
    for reader in (*(each.pk for each in strangers), None):
        assert asked_by(pairing, reader, TABLES[1]) == []


@database
def test_nobody_is_told_by_mail(mails):
    ada, carl, pairing = create_ended()
    deliver(pairing.cohort)
    before = len(mails())
    reflect(ada, pairing, 5, line=LINE, shared=(*OwnPart,))
    choose(carl, pairing, CommonPart.GOALS)
    deliver(pairing.cohort)
    assert len(mails()) == before


def test_after_a_rotation_of_keys_both_still_read_it(rotation, client, capsys):
    ada, carl, pairing = create_ended()
    rate_at_start(ada, 1)
    reflect(ada, pairing, 5, line="A line that stays", shared=(*OwnPart,))
    reflect(carl, pairing, 5, line="A secret that stays")

    rotation.begin()
    call_command("renew_secrets")
    rotation.forget_old_key()

    assert "4 private texts are encrypted" in capsys.readouterr().out
    assert "A line that stays" in part_of(look(client, carl, pairing), "theirs")
    assert "A line that stays" in part_of(look(client, ada, pairing), "own")
    assert "A secret that stays" in part_of(look(client, carl, pairing), "own")
