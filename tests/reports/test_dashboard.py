"""What HR, owners and program admins see of the numbers, and what each of them may ask."""

import re
from dataclasses import replace
from datetime import datetime

import pytest

from accounts.enums import Reach, Role
from accounts.models import Department
from mentoring.meetings.models import Meeting
from mentoring.reports.careers.measures import MEANINGS
from mentoring.reports.grouped import GROUPED
from mentoring.reports.metrics import METRICS
from mentoring.reports.models import CohortFigures, Snapshot
from mentoring.reports.queries.figures import People, Scope, history_of
from programs.enums import Side
from programs.models import Program
from tests.factories import create_member, create_organization, inside, login, url
from tests.meetings.people import BERLIN, held
from tests.profiles.people import take_part
from tests.reports.people import BEGAN, create_pair, days, pair_up, take

pytestmark = pytest.mark.django_db
JULY = datetime(2026, 7, 3, 2, tzinfo=BERLIN)


def analyst_of(organization, **fields):
    return create_member(organization, roles=[Role.HR_ANALYST], **fields)


def seen(client, member, **words):
    return login(client, member).get(url(member, "reports"), words)


def numbers_on(response) -> dict[str, str]:
    """The numbers of the tables by the key of their metric, without what they are of."""
    rows = re.findall(r'#([a-z_]+)">[^<]*</a></th>\s*<td class="number">([^<]*)<', response.text)
    return {key: value.strip() for key, value in rows}


def picked_sums(scope: Scope) -> dict[str, list[int]]:
    """The sums of a cohort's people, row by row: two departments are asked for at once."""
    twice = replace(scope.people, departments=(*scope.people.departments, "Nowhere"))
    ((_day, sums),) = history_of(replace(scope, people=twice), months=1).sums.items()
    return sums


def place(participant, name: str) -> None:
    with inside(participant.organization_id):
        department = Department.objects.get_or_create(name=name)[0]
        type(participant.member).objects.filter(pk=participant.member_id).update(
            department=department
        )


def test_before_the_first_night_there_is_a_kind_word(client):
    analyst = analyst_of(create_organization())
    assert "Nothing has been told yet" in seen(client, analyst).text


def test_without_a_cohort_the_page_says_so(client):
    analyst = analyst_of(create_organization())
    take(analyst.organization_id, now=JULY)
    assert "No cohorts yet" in seen(client, analyst).text


def test_the_numbers_are_those_of_the_rows(client):
    ada, _, pairing = create_pair()
    held(pairing, by=ada, starts_at=BEGAN + days(9), minutes=60)
    held(pairing, by=ada, starts_at=BEGAN + days(115), minutes=30)
    take(pairing.organization_id, now=JULY)

    numbers = numbers_on(seen(client, analyst_of(ada.member.organization)))

    with inside(pairing.organization_id):
        assert numbers["meetings"] == str(Meeting.objects.held().count()) == "2"
    assert numbers["hours"] == "2 h"
    assert numbers["enrolled"] == numbers["ready"] == numbers["matched_now"] == "2"
    assert (numbers["pairs_ever"], numbers["pairs_active"], numbers["drifting"]) == ("1", "1", "0")
    assert (numbers["cadence_kept"], numbers["in_rhythm"]) == ("50%", "100%")
    assert numbers["time_to_introduction"] == "9.0 days"
    assert numbers["meeting_length"] == "45 min"
    assert set(numbers) == set(METRICS)


def test_the_same_day_says_the_same_whatever_has_happened_since(client):
    ada, _, pairing = create_pair()
    take(pairing.organization_id, now=JULY)
    analyst = analyst_of(ada.member.organization)
    before = numbers_on(seen(client, analyst, as_of="2026-06-30"))
    held(pairing, by=ada, starts_at=JULY + days(2))
    take(pairing.organization_id, now=JULY + days(40))

    after = numbers_on(seen(client, analyst, as_of="2026-06-30"))
    latest = numbers_on(seen(client, analyst))

    assert after == before
    assert (before["introductions"], latest["introductions"]) == ("0", "1")


def test_filters_pick_people_and_pairs_with_one_of_them(client):
    ada, carl, _ = create_pair()
    ben, dora = (take_part(ada.cohort, each) for each in (Side.MENTOR, Side.MENTEE))
    pair_up(ben, dora)
    for who, name in ((ada, "Sales"), (carl, "Finance"), (ben, "Finance"), (dora, "People")):
        place(who, name)
    take(ada.organization_id, now=JULY)
    analyst = analyst_of(ada.member.organization)

    sales, finance = (
        numbers_on(seen(client, analyst, department=name)) for name in ("Sales", "Finance")
    )

    assert (sales["enrolled"], sales["pairs_ever"]) == ("1", "1")
    assert (finance["enrolled"], finance["pairs_ever"]) == ("2", "2")
    assert finance["commitments"] == "–"
    assert numbers_on(seen(client, analyst, department="Nowhere"))["enrolled"] == "4"


def test_kept_sums_of_parts_are_what_adding_up_their_rows_gives(client):
    ada, carl, _ = create_pair()
    ben, dora = (take_part(ada.cohort, each) for each in (Side.MENTOR, Side.MENTEE))
    pair_up(ben, dora)
    for who, name in ((ada, "Sales"), (carl, "Finance"), (ben, "Finance"), (dora, "Finance")):
        place(who, name)
    take(ada.organization_id, now=JULY)

    with inside(ada.organization_id):
        snapshot = Snapshot.objects.latest_first()[0]
        rows = picked_sums(Scope(snapshot, [ada.cohort_id], People(departments=("Finance",))))
        kept = CohortFigures.objects.get(
            snapshot=snapshot, department="Finance", location="", band=""
        )

    assert rows == kept.sums
    assert kept.sums["pairs_ever"] == [2]
    assert kept.sums["enrolled"] == [3]


@pytest.mark.parametrize(
    "words",
    [
        {"as_of": "yesterday"},
        {"as_of": "2026-02-31"},
        {"cohort": "x' OR 1=1"},
        {"program": "\x00"},
        {"months": "9999"},
        {"band": "<script>"},
    ],
)
def test_what_nobody_can_ask_is_left_out(client, words):
    ada, _, pairing = create_pair()
    take(pairing.organization_id, now=JULY)
    analyst = analyst_of(ada.member.organization)
    assert numbers_on(seen(client, analyst, **words)) == numbers_on(seen(client, analyst))


def test_whoever_runs_named_programs_sees_the_numbers_of_these_alone(client):
    ada, _, _pairing = create_pair()
    take(ada.organization_id, now=JULY)
    narrowed = create_member(
        ada.member.organization, roles=[Role.PROGRAM_ADMIN], reach=Reach.PROGRAMS
    )

    nothing = seen(client, narrowed, cohort=str(ada.cohort_id))
    with inside(ada.organization_id):
        Program.objects.get(pk=ada.cohort.program_id).reaches.create(member=narrowed)
    own = seen(client, narrowed, cohort=str(ada.cohort_id))

    assert "No cohorts yet" in nothing.text
    assert str(ada.cohort) not in nothing.text
    assert numbers_on(own)["pairs_ever"] == "1"


@pytest.mark.parametrize("view", ["reports", "report_metrics"])
def test_people_without_a_role_are_refused_and_strangers_find_nothing(client, view):
    ada, _, _pairing = create_pair()
    address = url(ada.member.organization, view)
    member = create_member(ada.member.organization)
    stranger = analyst_of(create_organization())
    assert login(client, member).get(address).status_code == 403
    assert login(client, stranger).get(address).status_code == 404


@pytest.mark.parametrize("pairs", [1, 3])
def test_the_page_costs_the_same_however_many_pairs_and_months(
    client, django_assert_num_queries, pairs
):
    ada, _, _ = create_pair()
    for _ in range(pairs - 1):
        pair_up(*(take_part(ada.cohort, each) for each in (Side.MENTOR, Side.MENTEE)))
    take(ada.organization_id, now=JULY + days(31 * pairs))
    analyst = analyst_of(ada.member.organization)
    seen(client, analyst)
    with django_assert_num_queries(16):
        client.get(url(analyst, "reports"))
    with django_assert_num_queries(16):
        client.get(url(analyst, "reports"), {"months": "24"})


def test_every_number_of_the_page_leads_to_what_it_means(client):
    ada, _, pairing = create_pair()
    take(pairing.organization_id, now=JULY)
    analyst = analyst_of(ada.member.organization)
    page = seen(client, analyst)
    meanings = client.get(url(analyst, "report_metrics"))

    linked = set(re.findall(r"/reports/metrics/#([a-z_]+)", page.text))
    explained = set(re.findall(r'<div class="metric" id="([a-z_]+)"', meanings.text))

    assert explained == set(METRICS) | {each.key for each in GROUPED}
    # What is compared is explained beside its picture.
    assert linked == explained - {str(each) for each in MEANINGS}
    assert "Number; less is better. Taken from: Meetings" in meanings.text
    for each in METRICS.values():
        assert str(each.definition) in meanings.text.replace("&#x27;", "'")


def test_months_that_can_be_asked_about_are_those_that_were_told(client):
    ada, _, pairing = create_pair()
    take(pairing.organization_id, now=JULY)
    page = seen(client, analyst_of(ada.member.organization), as_of="2026-04-30")
    days_offered = re.findall(r'<option value="(2026-\d\d-\d\d)"', page.text)
    assert days_offered == ["2026-06-30", "2026-05-31", "2026-04-30", "2026-03-31", "2026-02-28"]
    assert "As it stood at the end of 30 Apr 2026" in page.text
