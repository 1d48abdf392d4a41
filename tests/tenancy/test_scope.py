"""Opening, nesting and closing scopes."""

import threading

import pytest
from django.db import connection, transaction

from mentoring.lib.ids import uuid7
from mentoring.tenancy.backend.base import JOINS_TRIED, OutsideTransaction
from mentoring.tenancy.scope import NOBODY, ScopeConflict, acting_as, current_scope, within

ONE, OTHER, ANNA, BEN = uuid7(), uuid7(), uuid7(), uuid7()


def told() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('app.organization_id', true)")
        return cursor.fetchone()[0] or ""


def test_the_scope_ends_with_its_block_also_after_an_error() -> None:
    with pytest.raises(ZeroDivisionError), within(ONE):
        raise ZeroDivisionError
    assert current_scope() == NOBODY


def test_the_same_organization_may_be_opened_inside_itself_and_keeps_its_member() -> None:
    with within(ONE, member_id=ANNA), within(ONE):
        assert current_scope().member_id == ANNA


@pytest.mark.parametrize(
    "inner", [{"organization": OTHER}, {"organization": ONE, "member_id": BEN}]
)
def test_another_organization_or_member_inside_a_scope_is_refused(inner: dict) -> None:
    with within(ONE, member_id=ANNA):
        with pytest.raises(ScopeConflict), within(**inner):
            pytest.fail("the inner scope opened")
        assert current_scope().organization_id == ONE


def test_another_user_inside_a_scope_is_refused() -> None:
    with acting_as(ANNA), pytest.raises(ScopeConflict), acting_as(BEN):
        pytest.fail("the inner scope opened")


def test_a_scope_is_invisible_to_other_threads() -> None:
    seen = []
    with within(ONE):
        thread = threading.Thread(target=lambda: seen.append(current_scope()))
        thread.start()
        thread.join()
    assert seen == [NOBODY]


def joins_tried() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('join_collapse_limit')::int")
        return cursor.fetchone()[0]


def test_few_orders_of_joins_are_tried_inside_a_scope_and_as_many_as_ever_after_it(
    committed_db: None,
) -> None:
    with transaction.atomic(), within(ONE):
        assert joins_tried() == JOINS_TRIED == 4
    assert joins_tried() == 8


def test_a_statement_inside_a_scope_needs_a_transaction(committed_db: None) -> None:
    with within(ONE), pytest.raises(OutsideTransaction):
        told()


def test_the_database_hears_of_scopes_that_open_and_close_inside_a_transaction(db: None) -> None:
    heard = [told()]
    with within(ONE):
        heard.append(told())
    heard.append(told())
    with within(OTHER):
        heard.append(told())
    assert heard == ["", str(ONE), "", str(OTHER)]


def test_a_savepoint_that_rolls_back_does_not_bring_an_old_scope_back(db: None) -> None:
    with within(ONE):
        told()
    with pytest.raises(ZeroDivisionError), transaction.atomic(), within(OTHER):
        told()
        raise ZeroDivisionError
    assert told() == ""
    with within(ONE):
        assert told() == str(ONE)


def test_a_scope_that_a_savepoint_took_away_is_told_again(db: None) -> None:
    savepoint = transaction.savepoint_create()
    with within(OTHER):
        told()
        transaction.savepoint_rollback(savepoint)
        assert told() == str(OTHER)


def test_a_rolled_back_savepoint_leaves_the_outer_scope_in_force(db: None) -> None:
    with within(ONE):
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            told()
            raise ZeroDivisionError
        assert told() == str(ONE)


def test_a_scope_that_closes_in_a_broken_transaction_does_not_survive_it(db: None) -> None:
    with pytest.raises(ZeroDivisionError), within(ONE), transaction.atomic():
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT 1 / 1")
        raise ZeroDivisionError
    assert told() == ""


def test_a_cursor_kept_across_scopes_tells_the_scope_of_each_statement(db: None) -> None:
    with connection.cursor() as cursor:
        answers = []
        for organization_id in (ONE, OTHER):
            with within(organization_id):
                cursor.execute("SELECT current_setting('app.organization_id', true)")
                answers.append(cursor.fetchone()[0])
    assert answers == [str(ONE), str(OTHER)]
