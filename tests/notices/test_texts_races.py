"""Two owners who write the same mail at the same moment, really committed."""

import pytest
from django.utils import timezone

from mentoring.notices.operations import texts as operations
from mentoring.outbox.wording import OwnText
from tests.factories import create_organization, create_owner, inside
from tests.notices.writing import BEGAN, texts_of, write
from tests.pairings.test_races import at_once


@pytest.fixture
def owner(committed_db):
    return create_owner(create_organization("Halden"))


def save(owner, subject, seen):
    def deed() -> str:
        try:
            operations.change_text(
                place=BEGAN,
                own=OwnText(subject, "words"),
                seen=seen,
                actor=owner,
                now=timezone.now(),
            )
        except operations.ChangedMeanwhile as changed:
            return f"told of {changed.latest.version}"
        return "saved"

    return deed


@pytest.mark.parametrize("_again", range(5))
def test_one_of_two_who_write_the_first_words_is_told(owner, _again):
    deeds = [save(owner, each, "0") for each in ("One", "Two")]
    assert at_once(owner.organization_id, *deeds) == ["saved", "told of 1"]
    assert [(version, counts) for version, _subject, counts in texts_of(owner)] == [(1, True)]


@pytest.mark.parametrize("_again", range(5))
def test_one_of_two_who_change_the_same_version_is_told(owner, _again):
    write(owner)
    deeds = [save(owner, each, "1") for each in ("One", "Two")]
    assert at_once(owner.organization_id, *deeds) == ["saved", "told of 2"]
    assert [counts for _version, _subject, counts in texts_of(owner)] == [False, True]


def test_no_more_tests_than_allowed_also_when_they_come_at_once(owner):
    with inside(owner.organization_id):
        for _number in range(operations.MOST_TRIALS - 1):
            operations.send_trial(
                place=BEGAN, own=OwnText("S", "x"), member=owner, now=timezone.now()
            )

    def deed() -> str:
        try:
            operations.send_trial(
                place=BEGAN, own=OwnText("S", "x"), member=owner, now=timezone.now()
            )
        except operations.TooManyTrials:
            return "too many"
        return "sent"

    assert at_once(owner.organization_id, deed, deed) == ["sent", "too many"]
