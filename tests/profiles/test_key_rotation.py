"""SECRET_KEY changes, and what people wrote for themselves stays readable to them."""

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import models
from django.test import Client

from accounts.sealed import sealed_texts
from mentoring.lib.encryption import Unreadable
from mentoring.profiles.models import Aims, CriteriaStatement
from tests.factories import inside, login
from tests.profiles.test_enrollment import SECRET_AIM, own, page_of
from tests.profiles.test_forgetting import ALL, enrolled, written

NEW_KEY = "another-secret-key-" * 4


@pytest.fixture
def rotation(committed_db, settings):
    """Changes the key the way operators do: the old one stays known for a while."""
    old = settings.SECRET_KEY

    class Rotation:
        def begin(self) -> None:
            settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = NEW_KEY, [old]

        def forget_old_key(self) -> None:
            settings.SECRET_KEY_FALLBACKS = []

    return Rotation()


def aims_page(member, cohort) -> str:
    return login(Client(), member).get(page_of(member, cohort, "mentee", "aims")).text


def start_page(member, cohort) -> str:
    return login(Client(), member).get(page_of(member, cohort, "mentee", "start")).text


def stored(member) -> tuple:
    (aims,), (criteria,) = own(member, Aims), own(member, CriteriaStatement)
    texts = (aims.aims, aims.challenges, criteria.characteristic)
    return texts, (aims.written_at, criteria.written_at)


def test_after_a_rotation_each_writer_still_reads_and_nobody_else(rotation, capsys):
    admin, cohort, leader, other = enrolled()
    _, far_cohort, stranger, _ = enrolled()
    before, written_at = stored(leader)

    rotation.begin()
    call_command("renew_secrets")
    rotation.forget_old_key()

    told = capsys.readouterr().out
    assert told == (
        "0 second factors and 12 private texts are encrypted with today's SECRET_KEY.\n"
    )
    for member, place in ((leader, cohort), (other, cohort), (stranger, far_cohort)):
        assert SECRET_AIM in aims_page(member, place)
        assert "I grew up poor." in start_page(member, place)
    after, still_written_at = stored(leader)
    assert not set(before) & set(after)
    assert still_written_at == written_at
    with inside(admin.organization_id, member_id=admin.pk):
        assert (Aims.objects.count(), CriteriaStatement.objects.count()) == (0, 0)
    assert written(leader) == ALL


def test_without_it_the_old_key_is_still_needed(rotation):
    _, cohort, leader, _ = enrolled()

    rotation.begin()
    assert SECRET_AIM in aims_page(leader, cohort)
    rotation.forget_old_key()

    with pytest.raises(Unreadable):
        aims_page(leader, cohort)


def test_texts_of_a_lost_key_are_counted_and_the_others_renewed(rotation):
    _, _, lost, _ = enrolled()
    rotation.begin()
    rotation.forget_old_key()
    _, cohort, leader, _ = enrolled()
    before, _ = stored(lost)
    renewable, _ = stored(leader)

    with pytest.raises(CommandError) as refused:
        call_command("renew_secrets", verbosity=0)

    assert str(refused.value).startswith("6 private texts were encrypted with a key")
    assert stored(lost)[0] == before
    assert not set(stored(leader)[0]) & set(renewable)
    assert SECRET_AIM in aims_page(leader, cohort)


def test_every_text_that_is_kept_to_its_writer_is_reached():
    texts = {
        (model, field.name)
        for model in apps.get_models()
        if getattr(model, "private_to", "")
        for field in model._meta.local_fields
        if isinstance(field, models.TextField)
    }
    kept = [each for each in sealed_texts() if each.writer]
    reached = {(each.model, field) for each in kept for field in each.purposes}
    assert reached == texts
