"""In the demo some pairs have ended well, and both have looked back."""

import pytest
from django.test import Client

from mentoring.feedback.models import KeepsakeConsent, Reflection
from mentoring.pairings.models import Pairing
from mentoring.tenancy.scope import within
from tests.console.test_demo import load, organization_of
from tests.factories import inside, login, url
from tests.feedback.looking_back import text_in, words_of

pytestmark = pytest.mark.django_db(databases=["default", "cache"])


def test_the_first_mentors_find_what_they_keep_of_a_pair_of_before(capsys, client: Client):
    logins = load(capsys, "--organizations", "1", "--people", "40", "--canary", "KANARI")
    organization = organization_of(logins[0]["email"])
    for role in ("member", "owner"):
        email = next(each["email"] for each in logins if each["role"] == role)
        with inside(organization):
            ended = Pairing.objects.filter(state="closed_early", mentor__member__email=email)
            pairing = ended.with_people().get()
            live = Pairing.objects.live().filter(mentor__member__email=email)
            assert live.count() >= 1
        member = pairing.mentor.member
        with within(organization, member_id=member.pk):
            assert Reflection.objects.filter(pairing=pairing, reader=member).count() == 2
            given = KeepsakeConsent.objects.filter(pairing=pairing).order_by("part", "side")
            assert list(given.values_list("part", "side")) == [
                ("commitments", "mentee"),
                ("goals", "mentee"),
                ("goals", "mentor"),
            ]
        login(client, member)
        page = client.get(url(organization, "pair_reflection", pairing.pk))
        assert "KANARI0 I ask one question more before I give an answer." in words_of(page.text)
        assert "It waits for you." in page.text
        text = text_in(client.get(url(organization, "pair_keepsake", pairing.pk)).content)
        assert "Meetings 5" in text
        assert "KANARI0 Visit each other" in text
        assert "New colleagues speak first" not in text
