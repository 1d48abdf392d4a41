"""SECRET_KEY changes, and what a pair wrote stays readable to its people."""

from django.core.management import call_command

from tests.pairings.talking import texts_of
from tests.pairings.test_concerns import texts_for
from tests.pairings.test_message_secrecy import SECRET, create_talk

NEW_KEY = "another-secret-key-" * 4


def test_after_a_rotation_messages_concerns_and_notes_are_read_as_before(
    committed_db, settings, capsys
):
    ada, carl, nora, pairing, _message, concern = create_talk()
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = NEW_KEY, [settings.SECRET_KEY]
    call_command("renew_secrets")
    settings.SECRET_KEY_FALLBACKS = []

    assert "4 private texts" in capsys.readouterr().out
    for member in (ada.member, carl.member):
        assert texts_of(pairing, member) == [SECRET]
    assert texts_for(concern, nora) == (SECRET, SECRET, SECRET)
    assert texts_for(concern, ada.member) == (SECRET, SECRET, "")
