"""One page for the sponsor, without names."""

import pytest
from django.utils import timezone

from accounts.enums import Role
from mentoring.matching.models import Run
from mentoring.matching.words import ANSWERS
from mentoring.pairings.enums import PairingState
from tests.factories import create_member, inside, login
from tests.matching.studio.steps import create_studio

pytestmark = pytest.mark.django_db(databases=["default", "cache"])


def published(studio) -> Run:
    run = studio.plan()
    with inside(studio.place.organization):
        now = timezone.now()
        Run.objects.filter(pk=run.pk).update(state="published", published_at=now)
    return run


def page(client, studio) -> str:
    analyst = create_member(studio.place.organization, roles=[Role.HR_ANALYST])
    login(client, analyst)
    response = client.get(studio.url("cohort_matching_summary"))
    assert response.status_code == 200
    return " ".join(response.text.split())


def test_an_analyst_reads_counts_and_no_names(client):
    studio = create_studio(9)
    published(studio)

    text = page(client, studio)

    assert "n = 9" in text
    assert "Everything" in text
    assert "Topic 1" not in text
    assert "Mentor 0" not in text
    assert "Mentee 0" not in text


def test_small_cohorts_show_no_distribution_and_no_mean(client):
    studio = create_studio(4)
    published(studio)

    text = page(client, studio)

    assert "There are too few pairs to show how scores are spread." in text
    assert "Mean score" not in text
    assert "Works" not in text


def test_few_answers_are_not_told_apart_from_those_of_others(client):
    studio = create_studio(9)
    run = published(studio)
    for at, pair in enumerate(studio.pairs(run)):
        state = PairingState.ACTIVE if at < 3 else PairingState.PROPOSED
        with inside(studio.place.organization):
            pair.pairing = studio.place.pairing(pair.mentor, pair.mentee, state)
            pair.save(update_fields=["pairing"])

    text = page(client, studio)

    words = [str(ANSWERS[name]) for name in ("agreed", "waiting")]
    assert [each in text for each in words] == [False, False]
    assert "Other answers, or none yet" in text


def test_before_publishing_there_is_nothing_to_read(client):
    studio = create_studio(9)
    studio.plan()

    assert "Nothing is published yet" in page(client, studio)


def test_members_and_strangers_do_not_read_it(client):
    studio, elsewhere = create_studio(1), create_studio(1)
    published(studio)

    login(client, studio.mentors[0].member)
    assert client.get(studio.url("cohort_matching_summary")).status_code == 403
    login(client, elsewhere.admin)
    assert client.get(studio.url("cohort_matching_summary")).status_code == 404
