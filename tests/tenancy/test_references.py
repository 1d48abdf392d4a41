"""References between tenant tables carry the organization, so none can leave it."""

import pytest
from django.db import IntegrityError

from mentoring.lib.ids import uuid7
from tests.factories import inside
from tests.tenancy.conftest import House, ask

pytestmark = pytest.mark.usefixtures("committed_db")


def test_a_foreign_key_cannot_point_into_another_organization(ours: House, theirs: House) -> None:
    with pytest.raises(IntegrityError, match="foreign key"), inside(ours.organization):
        ask("UPDATE accounts_invitation SET invited_by_id = %s RETURNING 1", theirs.owner.pk)


def test_a_foreign_key_refuses_a_strange_and_a_missing_row_alike(
    ours: House, theirs: House
) -> None:
    messages = []
    for key in (theirs.owner.pk, uuid7()):
        with pytest.raises(IntegrityError) as refused, inside(ours.organization):
            ask("UPDATE accounts_invitation SET invited_by_id = %s RETURNING 1", key)
        messages.append(str(refused.value).replace(str(key), "KEY"))
    assert messages[0] == messages[1]
