"""Who may not enroll does not get in by sending what no page offers."""

import pytest
from django.utils import timezone

from mentoring.profiles.enums import Step
from mentoring.profiles.models import TopicChoice
from mentoring.profiles.operations.enrollment import save_step
from programs.enums import Side
from programs.models import Eligibility, Participant
from programs.operations.enrollment import EnrollmentClosed, submit
from tests.factories import create_member, inside, login
from tests.profiles.people import TODAY, create_place, create_topics
from tests.profiles.test_enrollment import own, page_of, participant_of

pytestmark = pytest.mark.django_db


def test_who_is_not_eligible_sends_nothing_past_the_page(client):
    organization, cohort, ada = create_place()
    topics = create_topics(organization, "AI tools")
    other = create_member(organization)
    with inside(organization):
        Eligibility.objects.create(cohort=cohort, member=other)
    login(client, ada)

    refused = client.post(page_of(ada, cohort, "mentor", "topics"), {"pick": [topics[0].pk]})

    assert "This round is for others" in refused.text
    assert own(ada, Participant) == []
    assert own(ada, TopicChoice) == []
    now = timezone.now()
    answers = {"picks": [(topics[0].pk, "")]}
    with inside(organization, member_id=ada.pk), pytest.raises(EnrollmentClosed):
        save_step(
            member=ada, cohort=cohort, side=Side.MENTOR, step=Step.TOPICS, answers=answers,
            today=TODAY, now=now,
        )  # fmt: skip


def test_who_is_not_eligible_any_more_cannot_send_a_draft(client):
    organization, cohort, ada = create_place()
    with inside(organization):
        draft = Participant.objects.create(
            cohort=cohort, member=ada, side=Side.MENTOR, consented_at=timezone.now()
        )
        other = create_member(organization)
        Eligibility.objects.create(cohort=cohort, member=other)
    login(client, ada)

    refused = client.post(page_of(ada, cohort, "mentor", "send"), {"consented": "on"})

    assert "This round is for others" in refused.text
    with inside(organization, member_id=ada.pk), pytest.raises(EnrollmentClosed):
        submit(participant=draft, today=TODAY, now=timezone.now())
    assert participant_of(ada).state == "draft"
