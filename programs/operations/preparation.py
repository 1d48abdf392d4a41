"""Changing what people read, watch or attend before they are matched."""

import json
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.db.models import Max

from accounts.models import Member
from accounts.operations.audit import record
from programs.enums import Action
from programs.models import PreparationItem, Program

FIELDS = ("title", "text", "url", "audience", "is_required")


class ItemChanged(Exception):
    """Somebody else saved the item since the person began to type."""

    def __init__(self, item: PreparationItem) -> None:
        super().__init__(item)
        self.item = item


def version_of(item: PreparationItem) -> str:
    """What tells two states of an item apart; its place in the order does not count."""
    values = [getattr(item, name) for name in FIELDS]
    return sha256(json.dumps(values).encode()).hexdigest()


@transaction.atomic
def add_item(*, program: Program, values: Mapping[str, Any], actor: Member) -> PreparationItem:
    """Add an item behind the others."""
    Program.objects.select_for_update().get(pk=program.pk)
    items = PreparationItem.objects.filter(program=program)
    last = items.aggregate(last=Max("position"))["last"] or 0
    item = PreparationItem(program=program, position=last + 1)
    details = _set(item, values)
    item.save(force_insert=True)
    added = {name: after for name, (_, after) in details.items()}
    _record(Action.PREPARATION_ADDED, item, actor, added)
    return item


@transaction.atomic
def change_item(
    *, item: PreparationItem, values: Mapping[str, Any], version: str, actor: Member
) -> PreparationItem:
    """Set what an item says. Raises ItemChanged."""
    item = _locked(item)
    if version_of(item) != version:
        raise ItemChanged(item)
    if changes := _set(item, values):
        item.save(update_fields=list(changes))
        _record(Action.PREPARATION_CHANGED, item, actor, changes)
    return item


@transaction.atomic
def move_item(*, item: PreparationItem, up: bool, actor: Member) -> None:
    """Change places with the item before or behind it; at the end nothing happens."""
    Program.objects.select_for_update().get(pk=item.program_id)
    items = PreparationItem.objects.filter(program=item.program_id, archived_at=None)
    order = list(items.order_by("position", "pk"))
    at = next((index for index, each in enumerate(order) if each.pk == item.pk), None)
    to = None if at is None else at + (-1 if up else 1)
    if at is None or to is None or not 0 <= to < len(order):
        return
    order[at], order[to] = order[to], order[at]
    for position, each in enumerate(order, start=1):
        each.position = position
    PreparationItem.objects.bulk_update(order, ["position"])
    _record(Action.PREPARATION_CHANGED, item, actor, {"position": [at + 1, to + 1]})


@transaction.atomic
def archive_item(*, item: PreparationItem, actor: Member, now: datetime) -> None:
    """Take an item out of use; who has done it keeps that."""
    if PreparationItem.objects.filter(pk=item.pk, archived_at=None).update(archived_at=now):
        _record(Action.PREPARATION_ARCHIVED, item, actor)


@transaction.atomic
def restore_item(*, item: PreparationItem, actor: Member) -> None:
    """Use an archived item again, behind the others."""
    Program.objects.select_for_update().get(pk=item.program_id)
    items = PreparationItem.objects.filter(program=item.program_id)
    last = items.aggregate(last=Max("position"))["last"] or 0
    gone = PreparationItem.objects.filter(pk=item.pk, archived_at__isnull=False)
    if gone.update(archived_at=None, position=last + 1):
        _record(Action.PREPARATION_RESTORED, item, actor)


def _locked(item: PreparationItem) -> PreparationItem:
    locked = PreparationItem.objects.select_for_update(of=("self",)).select_related("program")
    found: PreparationItem = locked.get(pk=item.pk)
    return found


def _set(item: PreparationItem, values: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Put the values on the item; what was different, with before and after."""
    changes: dict[str, tuple[Any, Any]] = {}
    for name in FIELDS:
        before = getattr(item, name)
        if before != values[name]:
            changes[name] = (before, values[name])
            setattr(item, name, values[name])
    return changes


def _record(
    action: Action, item: PreparationItem, actor: Member, details: Mapping[str, Any] | None = None
) -> None:
    record(
        actor=actor,
        action=action,
        subject_id=item.program_id,
        subject_name=item.program.name,
        details={"item": item.title, **(details or {})},
    )
