"""SECRET_KEY changes: answers stay their writer's, and released comments readable."""

import pytest
from django.core.management import call_command

from mentoring.feedback.models import ReleasedAnswer
from mentoring.feedback.sealed import unseal_comment
from mentoring.lib.encryption import Unreadable
from tests.factories import inside
from tests.feedback.people import KIND, create_ended, give, said_by
from tests.profiles.test_key_rotation import rotation
from tests.tenancy.furniture_of_feedback import furnish_feedback

__all__ = ["rotation"]


def test_after_a_rotation_answers_and_released_comments_are_read_with_todays_key(
    rotation, client, capsys
):
    ada, carl, pairing = create_ended()
    give(client, ada, pairing)
    with inside(pairing.organization_id, member_id=carl.member_id):
        furnish_feedback("Our", pairing.pk, at=pairing.ended_at)

    rotation.begin()
    call_command("renew_secrets")
    rotation.forget_old_key()

    assert "private texts are encrypted" in capsys.readouterr().out
    assert said_by(ada, pairing) == [4, 4, 4, 4, KIND]
    with inside(pairing.organization_id):
        (comment,) = ReleasedAnswer.objects.all()
        assert unseal_comment(comment.text) == "Our comment"


def test_without_it_released_comments_need_the_old_key(rotation):
    _ada, carl, pairing = create_ended()
    with inside(pairing.organization_id, member_id=carl.member_id):
        furnish_feedback("Our", pairing.pk, at=pairing.ended_at)
    rotation.begin()
    rotation.forget_old_key()
    with inside(pairing.organization_id), pytest.raises(Unreadable):
        unseal_comment(ReleasedAnswer.objects.get().text)
