"""“You said, we did”: what a cohort reads, who may, and who may take words down."""

from datetime import date

import pytest

from accounts.enums import Role
from mentoring.meetings.models import PublishedCommitment
from tests.factories import create_member, create_owner, inside, login, url
from tests.meetings.reaching import (
    OTHER,
    WORDS,
    create_large_cohort,
    look,
    post,
    publish,
    published,
    wordings,
)
from tests.pairings.people import main_of
from tests.pairings.test_stepping_out import create_pair
from tests.profiles.people import take_part

pytestmark = pytest.mark.django_db


def said(client, member, cohort, **query):
    return login(client, member).get(url(member, "cohort_commitments", cohort.pk), query)


def test_whoever_runs_the_cohort_takes_words_down_and_the_log_keeps_no_word(client):
    ada, carl, pairing = create_large_cohort()
    commitment = publish(pairing, ada=ada, carl=carl)
    owner = create_owner(pairing.cohort.organization)
    with inside(pairing.organization_id):
        row = PublishedCommitment.objects.get()
    address = url(owner, "commitment_take_down", pairing.cohort_id, row.pk)

    assert "Take down" in main_of(said(client, owner, pairing.cohort))
    down = login(client, owner).post(address, follow=True)
    again = client.post(address, follow=True)

    assert "Taken down. Nobody in the cohort reads it any more." in down.text
    assert "It is not there any more." in again.text
    assert published(pairing) == []
    log = client.get(url(owner, "audit_log")).text
    assert log.count("Published commitment taken down") == 2  # the event, and the filter
    assert "youngest" not in log
    page = main_of(look(client, carl, "pair_goals", pairing.pk))
    assert "Nobody was told that it was yours." in page
    post(client, carl, "commitment_edit", commitment.pk, text=OTHER, seen=1)
    assert wordings(pairing) == [(OTHER, "draft", 2)]


def test_who_only_takes_part_takes_nothing_down(client):
    ada, carl, pairing = create_large_cohort()
    publish(pairing, ada=ada, carl=carl)
    with inside(pairing.organization_id):
        row = PublishedCommitment.objects.get()
    assert "Take down" not in main_of(said(client, ada.member, pairing.cohort))
    address = url(ada.member, "commitment_take_down", pairing.cohort_id, row.pk)
    assert login(client, ada.member).post(address).status_code == 403
    assert published(pairing) == [WORDS]


def test_the_page_is_for_the_cohort_and_those_who_run_it(client):
    ada, carl, pairing = create_large_cohort()
    here = pairing.cohort.organization
    out = take_part(pairing.cohort, "mentor", state="withdrawn")
    may = [ada.member, carl.member, create_owner(here)]
    may_not = [
        create_member(here),
        create_member(here, roles=[Role.HR_ANALYST]),
        create_owner(),
        out.member,
    ]
    assert {said(client, each, pairing.cohort).status_code for each in may} == {200}
    assert {said(client, each, pairing.cohort).status_code for each in may_not} == {404}


@pytest.mark.parametrize("count", [1, 25])
def test_the_page_of_the_cohort_costs_the_same_however_long(
    client, django_assert_num_queries, count
):
    ada, _carl, pairing = create_pair()
    fill(pairing, count)
    said(client, ada.member, pairing.cohort)
    with django_assert_num_queries(13):
        page = client.get(url(ada.member, "cohort_commitments", pairing.cohort_id))
    assert main_of(page).count("said-words") == min(count, 20)


def fill(pairing, count):
    with inside(pairing.organization_id):
        PublishedCommitment.objects.bulk_create(
            PublishedCommitment(
                organization_id=pairing.organization_id,
                cohort_id=pairing.cohort_id,
                text=f"Deed {number:02}",
                month=date(2026, 1 + number % 3, 1),
            )
            for number in range(count)
        )


def test_it_comes_by_month_and_in_pages(client):
    ada, _carl, pairing = create_pair()
    fill(pairing, 25)
    first = main_of(said(client, ada.member, pairing.cohort))
    second = main_of(said(client, ada.member, pairing.cohort, page=2))
    assert first.index("March 2026") < first.index("February 2026") < first.index("January 2026")
    assert second.count("said-words") == 5
    assert "Page 2 of 2" in second
    assert ">25<" in first
