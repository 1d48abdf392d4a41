"""SECRET_KEY changes, and the two still read what they want to reach."""

from django.core.management import call_command

from tests.meetings.reaching import look, set_goal, write
from tests.pairings.people import main_of
from tests.pairings.test_stepping_out import create_pair
from tests.profiles.test_key_rotation import rotation

__all__ = ["rotation"]


def test_after_a_rotation_of_keys_both_still_read_goals_and_drafts(rotation, client, capsys):
    ada, carl, pairing = create_pair()
    set_goal(pairing, "A goal that stays", by=ada)
    write(pairing, "A draft that stays", by=carl)

    rotation.begin()
    call_command("renew_secrets")
    rotation.forget_old_key()

    assert "2 private texts are encrypted" in capsys.readouterr().out
    for who in (ada, carl):
        page = main_of(look(client, who, "pair_goals", pairing.pk))
        assert "A goal that stays" in page
        assert "A draft that stays" in page
