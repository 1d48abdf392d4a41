"""Going through a plan page by page."""

import pytest

from mentoring.matching.models import Run, RunPair
from mentoring.pairings.enums import PairingState
from tests.factories import inside, login
from tests.matching.people import MENTEE, MENTOR, start
from tests.matching.studio.steps import SAVEPOINTS, create_studio
from tests.profiles.people import take_part

pytestmark = pytest.mark.django_db(databases=["default", "cache"])


def finished(studio, count: int) -> Run:
    """A plan with as many pairs, without a worker; scores are 1, 2, 3… points."""
    run = start(studio.cohort)
    people = [
        [take_part(studio.cohort, side, name=f"{side} {at}") for side in (MENTOR, MENTEE)]
        for at in range(count)
    ]
    with inside(studio.place.organization):
        RunPair.objects.bulk_create(
            RunPair(
                run=run, mentor=mentor, mentee=mentee, score=(at + 1) * 10_000,
                parts={"topics": (at + 1) * 10_000},
            )
            for at, (mentor, mentee) in enumerate(people)
        )  # fmt: skip
        run.state, run.matched = "done", count
        run.save()
    return run


@pytest.mark.parametrize("count", [3, 300])
def test_the_pairs_cost_the_same_however_many_there_are(client, django_assert_num_queries, count):
    studio = create_studio(0)
    run = finished(studio, count)
    login(client, studio.admin)
    address = studio.url("cohort_matching_pairs", run.pk)
    client.get(address)

    with django_assert_num_queries(SAVEPOINTS + 13):
        text = client.get(address).text

    assert text.count('class="score number"') == min(count, 25)


@pytest.mark.parametrize("count", [3, 30])
def test_the_people_left_cost_the_same_however_many_there_are(
    client, django_assert_num_queries, count
):
    studio = create_studio()
    for at in range(count):
        studio.place.person(MENTEE, "Rare", name=f"Left {at}", department="Works")
    run = studio.plan()
    login(client, studio.admin)
    address = studio.url("cohort_matching_rest", run.pk)
    client.get(address)

    with django_assert_num_queries(SAVEPOINTS + 9):
        text = client.get(address).text

    assert text.count("Find somebody by hand") == min(count, 25)


def test_the_weakest_pair_comes_first_and_filters_narrow(client):
    studio = create_studio(0)
    run = finished(studio, 40)
    login(client, studio.admin)
    address = studio.url("cohort_matching_pairs", run.pk)

    def shown(query: str) -> list[str]:
        text = client.get(f"{address}?{query}").text
        return [name for name in ("mentor 0", "mentor 29", "mentor 39") if f">{name}<" in text]

    assert shown("") == ["mentor 0"]
    assert shown("sort=-score") == ["mentor 29", "mentor 39"]
    assert shown("page=2") == ["mentor 29", "mentor 39"]
    assert shown("score=30&size=100") == ["mentor 0"]
    assert shown("q=mentee+39") == ["mentor 39"]
    assert shown("locked=yes") == []


def test_each_pair_says_how_it_was_answered_and_never_who_said_no(client):
    studio = create_studio(0)
    run = finished(studio, 4)
    states = (PairingState.PROPOSED, PairingState.INTRODUCTORY, PairingState.DECLINED)
    pairs = sorted(studio.pairs(run), key=lambda each: each.score)
    for pair, state in zip(pairs, states, strict=False):
        agreed = {"mentor_agreed_at": run.queued_at, "mentee_agreed_at": run.queued_at}
        made = studio.place.pairing(
            pair.mentor, pair.mentee, state, **(agreed if state == states[1] else {})
        )
        with inside(studio.place.organization):
            RunPair.objects.filter(pk=pair.pk).update(pairing=made)
    login(client, studio.admin)
    address = studio.url("cohort_matching_pairs", run.pk)

    for answer, name, words in (
        ("waiting", "mentor 0", "Waiting for an answer"),
        ("agreed", "mentor 1", "Both said yes"),
        ("ended", "mentor 2", "Not taken up"),
        ("unpublished", "mentor 3", "Not published"),
    ):
        table = client.get(f"{address}?answer={answer}").text
        body = table[table.index("<tbody>") : table.index("</tbody>")]
        assert [each for each in range(4) if f">mentor {each}<" in body] == [int(name[-1])]
        assert words in body


def test_who_is_left_reads_why_in_counts_and_what_would_help(client):
    studio = create_studio()
    studio.place.person(MENTEE, "Rare", name="Rita Rare", department="Sales")
    run = studio.plan()
    login(client, studio.admin)

    text = " ".join(client.get(studio.url("cohort_matching_rest", run.pk)).text.split())

    row = text[text.index("Rita Rare") :]
    assert "Nobody on the other side fits." in row
    assert "2</span>: The two have no topic in common." in row
    assert "If no common topic were needed, or with one more topic, 2 people would fit." in row
    assert "Mentor 0" not in text


def test_a_plan_that_is_on_its_way_has_nothing_to_go_through(client):
    studio = create_studio()
    run = start(studio.cohort)
    login(client, studio.admin)

    for view in ("pairs", "rest", "choose"):
        assert client.get(studio.url(f"cohort_matching_{view}", run.pk)).status_code == 404
    assert client.post(studio.url("cohort_matching_publish", run.pk)).status_code == 404
