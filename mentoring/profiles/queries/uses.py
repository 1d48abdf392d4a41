"""How often topics were chosen, for the floor below that lists them."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Count

from mentoring.profiles.models import TopicChoice


def choices_per_topic(topic_ids: Collection[UUID]) -> dict[UUID, int]:
    """How many people offer or seek each of the topics; who does both counts twice."""
    chosen = TopicChoice.objects.filter(topic__in=list(topic_ids)).values("topic").order_by()
    return dict(chosen.annotate(number=Count("pk")).values_list("topic", "number"))
