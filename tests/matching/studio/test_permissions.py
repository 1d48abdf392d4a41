"""Every address of the studio asks who is there."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Reach, Role
from mentoring.matching import urls
from mentoring.matching.enums import PublicationState, Purpose
from mentoring.matching.models import PairWish, Publication
from programs.models import ProgramReach
from tests.factories import create_member, inside, login
from tests.matching.people import Place, start, work
from tests.matching.studio.steps import create_studio
from tests.programs.cohorts.making import create_program

pytestmark = pytest.mark.django_db(databases=["default", "cache"])

ROUTES = urls.urlpatterns
NAMES = [each.name for each in ROUTES]
POSTED = {
    "cohort_matching_start",
    "cohort_matching_decide",
    "cohort_matching_cancel",
    "cohort_matching_publish",
    "cohort_matching_wish",
}
FOR_ANALYSTS = "cohort_matching_summary"
# Those that name more than the cohort.
INSIDE = [each for each in ROUTES if len(each.pattern.converters) > 1]


@pytest.fixture
def studio():
    return create_studio()


@pytest.fixture
def asked(studio):
    """A plan, a trial and an exception that waits: all that addresses name."""
    wish = studio.place.wish(
        studio.mentors[0], studio.mentees[1], "lock", broken=["department"], reason="Friends."
    )
    run = studio.plan()
    with inside(studio.place.organization):
        publication = Publication.objects.create(
            run=run,
            state=PublicationState.DONE,
            asked=1,
            asked_by=studio.admin,
            asked_at=timezone.now(),
        )
    return {
        "cohort_id": studio.cohort.pk,
        "run_id": run.pk,
        "publication_id": publication.pk,
        "trial_id": work(start(studio.cohort, Purpose.TRIAL)).pk,
        "wish_id": wish.pk,
        "mentor_id": studio.mentors[0].pk,
        "mentee_id": studio.mentees[0].pk,
    }


def status(client, studio, asked, route) -> int:
    named = {name: asked[name] for name in route.pattern.converters}
    slug = studio.place.organization.slug
    url = reverse(route.name, kwargs={"organization": slug, **named})
    if route.name not in POSTED:
        return client.get(url).status_code
    return client.post(url, {"do": "approve", "all": "1", "wanted": "forbid"}).status_code


def left_alone(studio, asked) -> bool:
    """Nobody has published, decided or wished anything."""
    with inside(studio.place.organization):
        wishes = list(PairWish.objects.values_list("pk", "approved_by"))
        sent = list(Publication.objects.values_list("pk", flat=True))
        return (wishes, sent) == ([(asked["wish_id"], None)], [asked["publication_id"]])


@pytest.mark.parametrize("route", ROUTES, ids=NAMES)
def test_participants_and_analysts_are_refused(client, studio, asked, route):
    analyst = create_member(studio.place.organization, roles=[Role.HR_ANALYST])

    login(client, studio.mentors[0].member)
    assert status(client, studio, asked, route) == 403
    login(client, analyst)
    assert status(client, studio, asked, route) == (200 if route.name == FOR_ANALYSTS else 403)
    assert left_alone(studio, asked)


@pytest.mark.parametrize("route", ROUTES, ids=NAMES)
def test_admins_of_other_programs_and_organizations_find_nothing(client, studio, asked, route):
    organization = studio.place.organization
    other = create_program(studio.admin, "Other")
    near = create_member(organization, roles=[Role.PROGRAM_ADMIN], reach=Reach.PROGRAMS)
    with inside(organization):
        ProgramReach.objects.create(member=near, program=other)

    for admin in (near, create_studio(1).admin):
        login(client, admin)
        assert status(client, studio, asked, route) == 404
    assert left_alone(studio, asked)


@pytest.mark.parametrize("route", INSIDE, ids=[each.name for each in INSIDE])
def test_nothing_of_one_cohort_is_reached_through_another(client, studio, asked, route):
    near = Place(studio.place.organization)
    login(client, studio.admin)

    assert status(client, studio, {**asked, "cohort_id": near.cohort.pk}, route) == 404
    assert left_alone(studio, asked)


@pytest.mark.parametrize("route", ROUTES, ids=NAMES)
def test_the_cohorts_own_admin_comes_through(client, studio, asked, route):
    login(client, studio.admin)
    assert status(client, studio, asked, route) in {200, 302}
