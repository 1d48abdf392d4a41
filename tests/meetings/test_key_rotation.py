"""SECRET_KEY changes, and the two still read where they meet."""

from django.core.management import call_command

from tests.factories import login, url
from tests.meetings.people import PLACE, create_pair, plan
from tests.pairings.people import main_of
from tests.profiles.test_key_rotation import rotation

__all__ = ["rotation"]


def test_after_a_rotation_both_still_read_the_place(rotation, client, capsys):
    ada, carl, pairing = create_pair()
    plan(pairing, by=ada, place=PLACE)

    rotation.begin()
    call_command("renew_secrets")
    rotation.forget_old_key()

    assert "1 private texts are encrypted" in capsys.readouterr().out
    for who in (ada, carl):
        page = login(client, who.member).get(url(who.member, "pair", pairing.pk))
        assert "video.example" in main_of(page)
