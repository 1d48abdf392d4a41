"""What there is to talk about."""

from django.db.models import Prefetch, QuerySet
from django.db.models.functions import Lower

from accounts.models import Member
from accounts.permissions import Permission
from programs.models import Topic, TopicFamily
from programs.models.topics import TopicQuerySet


def topics_to_choose() -> list[TopicFamily]:
    """The families in order; ``family.topics.all`` are its topics in use. Two queries.

    Families without any topic in use are left out.
    """
    topics = Prefetch("topics", queryset=_in_order(Topic.objects.in_use()))
    families = _families().prefetch_related(topics)
    return [family for family in families if family.topics.all()]


def families_of(member: Member) -> QuerySet[TopicFamily]:
    """The families in order, for members who may edit topics."""
    families = _families()
    return families if member.may(Permission.TOPICS_EDIT) else families.none()


def families_with_topics(member: Member) -> list[TopicFamily]:
    """The families that a member may edit with all their topics, archived ones too."""
    topics = Prefetch("topics", queryset=_in_order(Topic.objects.filter(merged_into=None)))
    return list(families_of(member).prefetch_related(topics))


def topics_of(member: Member) -> TopicQuerySet:
    """The topics that a member may edit: all but those that went into another."""
    topics = Topic.objects.filter(merged_into=None).select_related("family")
    return topics if member.may(Permission.TOPICS_EDIT) else topics.none()


def merge_targets(member: Member, source: Topic) -> QuerySet[Topic]:
    """The topics that another may go into, by family."""
    others = topics_of(member).in_use().exclude(pk=source.pk)
    return others.order_by("family__position", "family__name", "position", Lower("name"))


def _families() -> QuerySet[TopicFamily]:
    return TopicFamily.objects.order_by("position", "name")


def _in_order(topics: TopicQuerySet) -> QuerySet[Topic]:
    return topics.order_by("position", Lower("name"), "pk")
