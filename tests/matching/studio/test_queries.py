"""What the pages of the studio cost, with two pairs and with more than a page of them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mentoring.matching.enums import Purpose, Wanted
from tests.factories import login
from tests.matching.people import MENTEE, send, start, work
from tests.matching.studio.steps import SAVEPOINTS, Studio, ask_to_publish, create_studio, work_out

pytestmark = pytest.mark.django_db(databases=["default", "cache"])
FEW, MANY = 2, 27
PAGES = {
    "start": 17,
    "left out": 9,
    "weights": 12,
    "exceptions": 10,
    "run": 10,
    "pairs": 13,
    "rest": 9,
    "pair": 19,
    "choose": 12,
    "publication": 10,
    "summary": 13,
}


def addresses(studio: Studio) -> dict[str, str]:
    """Every page in a state in which it has something to show."""
    for number in range(len(studio.mentees)):
        studio.place.person(MENTEE, "Alone", name=f"Alone {number}")
        studio.place.person(MENTEE, person={"on_leave": True}, name=f"Away {number}")
    run = studio.plan()
    pairs = studio.pairs(run)
    for pair in pairs[::2]:
        studio.place.wish(pair.mentor, pair.mentee, Wanted.FORBID)
    trial = work(start(studio.cohort, Purpose.TRIAL, actor=studio.admin))
    publication = send(ask_to_publish(studio, run))
    who = (pairs[1].mentor, pairs[1].mentee)
    work_out(run, *who)
    weights = studio.url("cohort_matching_weights")
    return {
        "start": studio.url("cohort_matching"),
        "left out": studio.url("cohort_matching_left_out"),
        "weights": f"{weights}?trial={trial.pk}",
        "exceptions": studio.url("cohort_matching_exceptions"),
        "run": studio.url("cohort_matching_run", run.pk),
        "pairs": studio.url("cohort_matching_pairs", run.pk),
        "rest": studio.url("cohort_matching_rest", run.pk),
        "pair": studio.url("cohort_matching_pair", run.pk, *[each.pk for each in who]),
        "choose": studio.url("cohort_matching_choose", run.pk),
        "publication": studio.url("cohort_matching_publication", run.pk, publication.pk),
        "summary": studio.url("cohort_matching_summary"),
    }


@pytest.mark.parametrize("size", [FEW, MANY])
def test_pages_cost_the_same_however_large_the_cohort(client, size):
    studio = create_studio(size)
    pages = addresses(studio)
    login(client, studio.admin)
    counted = {}
    for name, address in pages.items():
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        counted[name] = len(queries) - SAVEPOINTS

    assert counted == PAGES
