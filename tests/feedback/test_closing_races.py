"""Two tabs at once, in real threads."""

import pytest

from mentoring.feedback.operations.reflecting import Changed
from mentoring.feedback.parts import CommonPart, OwnPart
from tests.feedback.looking_back import choose, consents_of, create_ended, reflect, rows_of
from tests.pairings.test_races import at_once

pytestmark = pytest.mark.usefixtures("committed_db")


def test_of_two_tabs_that_save_at_once_one_is_told():
    ada, _carl, pairing = create_ended()

    def saving(line):
        def deed() -> str:
            try:
                reflect(ada, pairing, 3, line=line, seen=0)
            except Changed as changed:
                return f"changed {changed.version}"
            return "saved"

        return deed

    deeds = [(ada.member_id, saving(line)) for line in ("one", "two")]
    assert at_once(pairing.organization_id, *deeds) == ["changed 1", "saved"]
    assert {part: row.version for part, row in rows_of(ada, pairing).items()} == {
        OwnPart.STANDING: 1,
        OwnPart.LINE: 1,
    }


def test_wanting_a_part_twice_at_once_is_wanting_it_once():
    ada, carl, pairing = create_ended()

    def deed() -> str:
        choose(ada, pairing, CommonPart.GOALS)
        return "done"

    deeds = [(ada.member_id, deed), (ada.member_id, deed)]
    assert at_once(pairing.organization_id, *deeds) == ["done", "done"]
    assert consents_of(carl, pairing) == {("goals", "mentor")}
