"""What a mentor and a mentee could talk about: the focus of the two."""

from collections.abc import Iterable
from uuid import UUID

from mentoring.pairings.models import Pairing
from mentoring.profiles.enums import Direction
from mentoring.profiles.models import TopicChoice
from programs.models import Topic

type Focus = dict[UUID, list[Topic]]


def focus_of(pairings: Iterable[Pairing]) -> Focus:
    """The topics that the mentor offers and the mentee seeks, by pairing.

    What matters most to the mentee comes first. One query, with the families of the topics;
    load the participants with the pairings.
    """
    found = list(pairings)
    people = {each.mentor.member_id for each in found} | {each.mentee.member_id for each in found}
    rows = TopicChoice.objects.filter(member__in=people).select_related("topic__family")
    offered: dict[UUID, set[UUID]] = {}
    sought: dict[UUID, list[Topic]] = {}
    for row in rows.order_by("rank", "pk"):
        if row.direction == Direction.OFFERED:
            offered.setdefault(row.member_id, set()).add(row.topic_id)
        else:
            sought.setdefault(row.member_id, []).append(row.topic)
    return {
        each.pk: [
            topic
            for topic in sought.get(each.mentee.member_id, [])
            if topic.pk in offered.get(each.mentor.member_id, ())
        ]
        for each in found
    }
