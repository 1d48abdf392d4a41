"""Editing topics and their families.

Every change waits for the organization's row, so that two people who sort, merge or rename
at once come one after the other.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Max, QuerySet
from django.db.models.functions import Lower

from accounts.enums import Step
from accounts.models import Member, Organization
from accounts.operations.audit import record
from programs.enums import TopicAction
from programs.models import Topic, TopicFamily
from programs.signals import topic_merged
from programs.starters import FAMILIES, StarterFamily, StarterTopic

type Translations = dict[str, dict[str, str]]


class NameTaken(Exception):
    """The organization has another family or topic with this name."""


class StillUsed(Exception):
    """The family has topics, be it archived ones or such that went into others."""


class CannotMerge(Exception):
    """The topics are the same, or one of them is no longer there to be merged."""


@transaction.atomic
def add_starters(*, actor: Member) -> int:
    """Give an organization without any topics the product's; return how many.

    They are in the organization's language, with translations into the others.
    """
    organization = _lock()
    if TopicFamily.objects.exists():
        return 0
    topics = []
    for number, starter in enumerate(FAMILIES, start=1):
        words = _words(starter, organization.language)
        family = TopicFamily.objects.create(position=number, origin=starter.subject, **words)
        topics += [
            Topic(
                organization=organization,
                family=family,
                position=place,
                **_words(each, organization.language),
            )
            for place, each in enumerate(starter.topics, start=1)
        ]
    Topic.objects.bulk_create(topics)
    record(
        actor=actor,
        action=TopicAction.TOPICS_STARTED,
        subject_id=organization.pk,
        subject_name=organization.name,
        details={"topics": len(topics)},
    )
    return len(topics)


@transaction.atomic
def add_family(*, name: str, translations: Translations, actor: Member) -> TopicFamily:
    """Add a heading behind the others. Raises NameTaken."""
    _lock()
    position = _next(TopicFamily.objects.all())
    family = TopicFamily(name=name, translations=translations, position=position)
    _save(family)
    _record(TopicAction.FAMILY_ADDED, family, actor)
    return family


@transaction.atomic
def change_family(
    *, family: TopicFamily, name: str, translations: Translations, actor: Member
) -> TopicFamily:
    """Call a family something else. Raises NameTaken."""
    _lock()
    family = TopicFamily.objects.get(pk=family.pk)
    values = {"name": name, "translations": translations}
    _change(TopicAction.FAMILY_CHANGED, family, values, actor)
    return family


@transaction.atomic
def delete_family(*, family: TopicFamily, actor: Member) -> None:
    """Remove an empty family. Raises StillUsed."""
    _lock()
    if Topic.objects.filter(family=family).exists():
        raise StillUsed
    _record(TopicAction.FAMILY_DELETED, family, actor)
    TopicFamily.objects.filter(pk=family.pk).delete()


@transaction.atomic
def move_family(*, family: TopicFamily, step: Step) -> None:
    """One place up or down; at the end of the list nothing happens."""
    _lock()
    _move(list(TopicFamily.objects.order_by("position", "name")), family, step)


@transaction.atomic
def add_topic(
    *,
    family: TopicFamily,
    name: str,
    description: str,
    translations: Translations,
    actor: Member,
) -> Topic:
    """Add a topic behind the others of its family. Raises NameTaken."""
    _lock()
    topic = Topic(
        family=family,
        name=name,
        description=description,
        translations=translations,
        position=_next(Topic.objects.filter(family=family)),
    )
    _save(topic)
    _record(TopicAction.TOPIC_ADDED, topic, actor, {"family": family.name})
    return topic


@transaction.atomic
def change_topic(
    *,
    topic: Topic,
    family: TopicFamily,
    name: str,
    description: str,
    translations: Translations,
    actor: Member,
) -> Topic:
    """Rename, describe, translate, or move to the end of another family. Raises NameTaken."""
    _lock()
    topic = Topic.objects.select_related("family").get(pk=topic.pk)
    values = {"name": name, "description": description, "translations": translations}
    moved = {}
    if topic.family_id != family.pk:
        moved = {"family": [topic.family.name, family.name]}
        topic.family, topic.position = family, _next(Topic.objects.filter(family=family))
    _change(TopicAction.TOPIC_CHANGED, topic, values, actor, moved)
    return topic


@transaction.atomic
def move_topic(*, topic: Topic, step: Step) -> None:
    """One place up or down among the topics in use of its family."""
    _lock()
    others = Topic.objects.in_use().filter(family=topic.family_id)
    _move(list(others.order_by("position", Lower("name"), "pk")), topic, step)


@transaction.atomic
def archive_topic(*, topic: Topic, actor: Member, now: datetime) -> None:
    """Offer a topic to nobody any more; who chose it keeps it."""
    _lock()
    if Topic.objects.in_use().filter(pk=topic.pk).update(archived_at=now):
        _record(TopicAction.TOPIC_ARCHIVED, topic, actor)


@transaction.atomic
def restore_topic(*, topic: Topic, actor: Member) -> None:
    """Offer an archived topic again."""
    _lock()
    if Topic.objects.filter(pk=topic.pk).exclude(archived_at=None).update(archived_at=None):
        _record(TopicAction.TOPIC_RESTORED, topic, actor)


@transaction.atomic
def merge(*, source: Topic, target: Topic, actor: Member) -> None:
    """Let one topic go into another; who chose the source has chosen the target from now on.

    Cannot be undone. Raises CannotMerge.
    """
    _lock()
    found = {each.pk: each for each in Topic.objects.filter(pk__in=[source.pk, target.pk])}
    if len(found) < 2 or found[source.pk].merged_into_id:
        raise CannotMerge
    if found[target.pk].merged_into_id or found[target.pk].archived_at:
        raise CannotMerge
    Topic.objects.filter(merged_into=source).update(merged_into=target)
    Topic.objects.filter(pk=source.pk).update(merged_into=target)
    topic_merged.send(Topic, source=found[source.pk], target=found[target.pk])
    _record(TopicAction.TOPIC_MERGED, source, actor, {"into": target.name})


def _lock() -> Organization:
    organization: Organization = Organization.objects.select_for_update().get()
    return organization


def _words(starter: StarterFamily | StarterTopic, language: str) -> dict[str, Any]:
    """The fields of a starter in one language, with its translations into the others."""
    texts = {
        field: words
        for field in ("name", "description")
        if (words := getattr(starter, field, None))
    }
    own = {field: words.within(language) for field, words in texts.items()}
    others = {
        code: {field: words.within(code) for field, words in texts.items()}
        for code, _name in settings.LANGUAGES
        if code != language
    }
    return {**own, "translations": others}


def _next(rows: QuerySet[Any]) -> int:
    last: int | None = rows.aggregate(last=Max("position"))["last"]
    return (last or 0) + 1


def _move(rows: list[Any], row: TopicFamily | Topic, step: Step) -> None:
    """Exchange a row with its neighbor and number all of them anew."""
    keys = [each.pk for each in rows]
    if row.pk not in keys:
        return
    here = keys.index(row.pk)
    there = here - 1 if step == Step.UP else here + 1
    if 0 <= there < len(rows):
        rows[here], rows[there] = rows[there], rows[here]
    for number, each in enumerate(rows, start=1):
        each.position = number
    type(row).objects.bulk_update(rows, ["position"])


def _change(
    action: TopicAction,
    row: TopicFamily | Topic,
    values: Mapping[str, Any],
    actor: Member,
    moved: dict[str, Any] | None = None,
) -> None:
    changes = dict(moved or {})
    for field, value in values.items():
        before = getattr(row, field)
        if before != value:
            changes[field] = [before, value]
            setattr(row, field, value)
    if changes:
        _save(row)
        _record(action, row, actor, changes)


def _save(row: TopicFamily | Topic) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise NameTaken from error


def _record(
    action: TopicAction,
    row: TopicFamily | Topic,
    actor: Member,
    details: dict[str, object] | None = None,
) -> None:
    record(
        actor=actor,
        action=action,
        subject_id=row.pk,
        subject_name=row.name,
        details=details,
    )
