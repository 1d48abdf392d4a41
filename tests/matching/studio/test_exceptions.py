"""An exception from a rule needs a written reason and two people."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import AuditEvent
from mentoring.matching.enums import Action, Purpose
from mentoring.matching.models import PairWish
from mentoring.matching.operations.wishes import keep_together, version_of
from tests.factories import inside, login, reload
from tests.matching.people import MENTEE, work
from tests.matching.studio.steps import create_admin, create_studio

pytestmark = pytest.mark.django_db(databases=["default", "cache"])


@pytest.fixture
def asked():
    """An admin asked for a pair of one department; another admin has not said anything yet."""
    studio = create_studio(1)
    close = studio.place.person(MENTEE, "Topic 0", name="Cleo Close", department="Works")
    wish = studio.place.wish(
        studio.mentors[0], close, "lock", broken=["department"], reason="They asked for it."
    )
    with inside(studio.place.organization):
        PairWish.objects.filter(pk=wish.pk).update(wanted_by=studio.admin)
    return studio, reload(wish), create_admin(studio.place, "Otto Other")


def decide(client, studio, wish, do: str) -> str:
    """As somebody who has read what is asked now, or before if ``wish`` is older."""
    answer = {"do": do, "seen": version_of(wish)}
    return client.post(studio.url("cohort_matching_decide", wish.pk), answer, follow=True).text


def test_a_second_yes_is_to_what_was_read_and_to_nothing_asked_since(client, asked):
    studio, wish, other = asked
    with inside(studio.place.organization):
        keep_together(
            mentor=wish.mentor,
            mentee=wish.mentee,
            reason="Quite another reason.",
            actor=studio.admin,
            now=wish.wanted_at + timedelta(minutes=1),
        )
    page = login(client, other).get(studio.url("cohort_matching_exceptions")).text
    assert f'name="seen" value="{version_of(reload(wish))}"' in page

    late = decide(client, studio, wish, "approve")

    assert "This was asked for anew a moment ago. Please read it again." in late
    assert reload(wish).approved_by_id is None
    assert "The next run keeps these two together." in decide(
        client, studio, reload(wish), "approve"
    )


def test_an_exception_that_is_asked_for_anew_waits_for_a_new_yes(client, asked):
    studio, wish, other = asked
    login(client, other)
    decide(client, studio, wish, "approve")
    approved_by = reload(wish).approved_by_id
    with inside(studio.place.organization):
        keep_together(
            mentor=wish.mentor,
            mentee=wish.mentee,
            reason="Quite another reason.",
            actor=studio.admin,
            now=timezone.now(),
        )

    again = reload(wish)
    assert (approved_by, again.approved_by_id, again.approved_at) == (other.pk, None, None)
    assert studio.together(studio.plan()) == {("Mentor 0", "Mentee 0")}
    page = client.get(studio.url("cohort_matching_exceptions")).text
    assert page.count('value="approve"') == 1


def test_a_second_admin_sees_it_with_the_reason_and_approves(client, asked):
    studio, wish, other = asked
    login(client, other)
    todo = client.get(studio.url("cohort")).text
    page = client.get(studio.url("cohort_matching_exceptions")).text

    answer = decide(client, studio, wish, "approve")
    client.post(studio.url("cohort_matching_start"))
    plan = work(studio.newest(Purpose.PLAN))

    assert "1 exception from a rule waits for your yes or no" in todo
    assert "They asked for it." in page
    assert "The two work in the same department." in page
    assert "The next run keeps these two together." in answer
    assert studio.together(plan) == {("Mentor 0", "Cleo Close")}
    with inside(studio.place.organization):
        event = AuditEvent.objects.get(action=Action.OVERRIDE_APPROVED)
    assert (event.actor_id, event.details["rules"]) == (other.pk, "department")


def test_whoever_asked_cannot_approve(client, asked):
    studio, wish, _other = asked
    login(client, studio.admin)

    page = client.get(studio.url("cohort_matching_exceptions")).text
    answer = decide(client, studio, wish, "approve")

    assert 'value="approve"' not in page
    assert "somebody else has to approve it" in answer
    assert reload(wish).approved_by_id is None


def test_the_database_does_not_let_one_person_be_both(asked):
    studio, wish, _other = asked
    with inside(studio.place.organization), pytest.raises(IntegrityError), transaction.atomic():
        PairWish.objects.filter(pk=wish.pk).update(
            approved_by=studio.admin, approved_at=timezone.now()
        )


def test_until_then_no_plan_has_the_pair(client, asked):
    studio, _wish, _other = asked
    plan = studio.plan()
    login(client, studio.admin)

    assert studio.together(plan) == {("Mentor 0", "Mentee 0")}
    text = client.get(studio.url("cohort_matching_run", plan.pk)).text
    assert "1 pair to keep together is not in it" in text


def test_a_no_lets_the_exception_go_and_is_written_down(client, asked):
    studio, wish, other = asked
    login(client, other)

    decide(client, studio, wish, "reject")

    with inside(studio.place.organization):
        assert list(PairWish.objects.all()) == []
        assert AuditEvent.objects.filter(action=Action.OVERRIDE_REJECTED).count() == 1


def test_two_who_decide_at_once_decide_once(client, asked):
    studio, wish, other = asked
    login(client, other)
    decide(client, studio, wish, "approve")

    answer = decide(client, studio, wish, "approve")

    assert "Somebody else was faster" in answer
    with inside(studio.place.organization):
        assert AuditEvent.objects.filter(action=Action.OVERRIDE_APPROVED).count() == 1


def test_an_admin_of_elsewhere_decides_nothing(client, asked):
    _studio, wish, _other = asked
    elsewhere = create_studio(1)
    login(client, elsewhere.admin)

    address = elsewhere.url("cohort_matching_decide", wish.pk)

    assert client.post(address, {"do": "approve"}).status_code == 404
    assert reload(wish).approved_by_id is None
