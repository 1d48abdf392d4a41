"""Who stands above, below or beside whom; compared with a walk in plain Python."""

from itertools import permutations
from random import Random

import pytest

from accounts.enums import Conflict
from accounts.queries.chart import (
    chain_above,
    chain_below,
    chain_conflicts,
    chains_above,
    in_same_chain,
    same_manager,
)
from mentoring.tenancy.scope import OutsideOrganization
from tests.accounts.chart.people import create_tree
from tests.factories import create_listed, create_organization, inside

pytestmark = pytest.mark.django_db
TREE = {"Ada": None, "Ben": "Ada", "Cyd": "Ada", "Dan": "Ben", "Eve": "Dan", "Flo": None}
CIRCLE = {"Ada": "Cyd", "Ben": "Ada", "Cyd": "Ben", "Dan": "Cyd", "Eve": None}


def names(members) -> list[str]:
    return [member.name for member in members]


def walked(managers: dict[str, str | None], name: str) -> list[str]:
    """The managers above, nearest first, each once."""
    found: list[str] = []
    here = managers[name]
    while here and here != name and here not in found:
        found.append(here)
        here = managers[here]
    return found


def judged(managers: dict[str, str | None], one: str, other: str) -> Conflict | None:
    if one in walked(managers, other):
        return Conflict.ABOVE
    if other in walked(managers, one):
        return Conflict.BELOW
    if managers[one] and managers[one] == managers[other]:
        return Conflict.SAME_MANAGER
    return None


def test_the_line_of_managers_is_walked_both_ways():
    here = create_organization()
    people = create_tree(here, TREE)

    with inside(here):
        assert names(chain_above(people["Eve"])) == ["Dan", "Ben", "Ada"]
        assert names(chain_above(people["Ada"])) == []
        assert names(chain_below(people["Ada"]).by_name()) == ["Ben", "Cyd", "Dan", "Eve"]
        assert names(chain_below(people["Flo"])) == []
        assert in_same_chain(people["Eve"], people["Ada"])
        assert in_same_chain(people["Ada"], people["Eve"])
        assert not in_same_chain(people["Cyd"], people["Eve"])
        assert not in_same_chain(people["Ada"], people["Ada"])
        assert same_manager(people["Ben"], people["Cyd"])
        assert not same_manager(people["Ada"], people["Flo"])
        assert not same_manager(people["Ben"], people["Ben"])


def test_a_circle_in_the_data_ends_every_walk():
    here = create_organization()
    people = create_tree(here, CIRCLE)

    with inside(here):
        assert names(chain_above(people["Ada"])) == ["Cyd", "Ben"]
        assert names(chain_above(people["Dan"])) == ["Cyd", "Ben", "Ada"]
        assert names(chain_below(people["Ada"]).by_name()) == ["Ben", "Cyd", "Dan"]
        assert in_same_chain(people["Ada"], people["Cyd"])
        assert chain_conflicts([(people["Dan"].pk, people["Eve"].pk)]) == {}


@pytest.mark.parametrize("seed", range(8))
def test_every_pair_is_judged_as_by_hand(django_assert_num_queries, seed):
    random = Random(seed)
    letters = [f"P{number:02}" for number in range(12)]
    managers = {
        name: random.choice([None, *(each for each in letters if each != name)]) for name in letters
    }
    here = create_organization()
    people = create_tree(here, managers)
    by_key = {member.pk: name for name, member in people.items()}
    pairs = [(people[one].pk, people[other].pk) for one, other in permutations(letters, 2)]

    with inside(here), django_assert_num_queries(1):
        found = chain_conflicts(pairs)
    with inside(here):
        chains = chains_above(list(by_key))

    assert {(by_key[one], by_key[other]): why for (one, other), why in found.items()} == {
        (one, other): why
        for one, other in permutations(letters, 2)
        if (why := judged(managers, one, other))
    }
    assert {by_key[start]: names(chain) for start, chain in chains.items()} == {
        name: walked(managers, name) for name in letters
    }


def test_nobody_and_a_person_with_themselves_are_no_conflict():
    here = create_organization()
    ada = create_listed(here)

    with inside(here):
        assert chain_conflicts([]) == {}
        assert chain_conflicts([(ada.pk, ada.pk)]) == {}


def test_the_people_of_another_organization_are_in_no_chain():
    here, there = create_organization(), create_organization()
    create_tree(here, TREE)
    strange = create_tree(there, TREE)

    with inside(here):
        assert chain_above(strange["Eve"]) == []
        assert names(chain_below(strange["Ada"])) == []
        pairs = [(strange["Ada"].pk, strange["Eve"].pk), (strange["Ben"].pk, strange["Cyd"].pk)]
        assert chain_conflicts(pairs) == {}


def test_a_walk_outside_an_organization_is_refused():
    people = create_tree(create_organization(), TREE)

    with pytest.raises(OutsideOrganization):
        chain_above(people["Eve"])
    with pytest.raises(OutsideOrganization):
        chain_conflicts([(people["Eve"].pk, people["Ada"].pk)])
