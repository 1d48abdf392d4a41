"""Words that may tell whose a commitment is, and the warning before anybody says yes."""

import pytest

from accounts.models import Department
from mentoring.meetings.telltales import telltales
from mentoring.pairings.models import Pairing
from tests.factories import inside
from tests.meetings.reaching import ask, create_large_cohort, look, post, published, wordings, write
from tests.meetings.test_logs import reload_with_people
from tests.pairings.people import main_of

pytestmark = pytest.mark.django_db


def create_named(name: str = "Zoë O'Brien-Müller", **record) -> Pairing:
    """A pair whose leader is called so; the mentor is Ada."""
    *_, carl, pairing = create_large_cohort()
    return reload_with_people(call(carl, pairing, name, **record))


def call(carl, pairing, name, **record) -> Pairing:
    with inside(pairing.organization_id):
        type(carl.member).objects.filter(pk=carl.member_id).update(
            name=name,
            job_title="Head of Sales",
            department=Department.objects.create(name="R&D Oslo"),
            email="zoe.ob@example.org",
            **record,
        )
    return pairing


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Zoë listens first", ["Zoë"]),
        ("ZOE’s door stands open", ["Zoë"]),
        ("O’Brien asks before she answers", ["O'Brien"]),
        ("OBRIEN asks", ["O'Brien"]),
        ("o'briens Tür steht offen", ["O'Brien"]),
        ("Frau Mueller fragt", ["Müller"]),
        ("muller fragt", ["Müller"]),
        ("The head of  sales eats with the team", ["Head of Sales"]),
        ("r & d oslo closes at five", ["R&D Oslo"]),
        ("Write to ZOE.ob@example.org", ["Zoë", "zoe.ob@example.org", "ZOE.ob@example.org"]),
        ("Ask ada about it", ["Ada"]),
        ("Write to somebody.else@example.com", ["somebody.else@example.com"]),
        ("Z\u200boë listens", ["Zoë"]),
        ("Adapt what we read: the head of a team listens", []),
        ("Meetings start with the youngest voice", []),
    ],
)
def test_names_titles_departments_and_addresses_are_found(text, found):
    assert telltales(text, create_named()) == found


def test_a_name_without_spaces_between_words_is_found_anywhere():
    assert telltales("会議で田中さんが聞く", create_named("田中 一郎")) == ["田中"]


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("Li", "Li asks first", ["Li"]),
        ("Jan van der Berg", "van der Berg asks", ["Berg"]),
        ("Jan van der Berg", "We order one van less", []),
        ("X Y", "X Y asks", ["X Y"]),
        ("Carl (CEO)", "The CEO asks", ["(CEO)"]),
        ("A+B", "A+B asks", ["A+B"]),
    ],
)
def test_odd_names(name, text, found):
    assert telltales(text, create_named(name)) == found


def test_the_form_warns_both_and_blocks_nobody(client):
    ada, carl, pairing = create_large_cohort()
    call(carl, pairing, "Zoë O'Brien-Müller")
    said = post(client, carl, "commitment_new", pairing.pk, text="Zoë's team starts at nine")
    assert "Could somebody tell whose it is?" in said.text
    assert "<strong>Zoë</strong>" in main_of(said)
    commitment = ask(write(pairing, "Zoë's team starts at nine", by=carl), by=carl)

    other = main_of(look(client, ada, "pair_goals", pairing.pk))
    form = main_of(look(client, ada, "commitment_edit", commitment.pk))
    assert [page.count("<strong>Zoë</strong>") for page in (other, form)] == [1, 1]

    post(client, ada, "commitment_move", commitment.pk, deed="agree", seen=1)
    assert published(pairing) == ["Zoë's team starts at nine"]
    assert wordings(pairing) == [("Zoë's team starts at nine", "published", 1)]
