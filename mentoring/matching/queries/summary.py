"""What a plan comes to in numbers, for people who may not see its names."""

from collections import Counter

from django.db.models import Count, F

from mentoring.matching.models import Run, RunPair
from mentoring.matching.queries.runs import runs_of
from mentoring.profiles.enums import Direction
from programs.enums import Side
from programs.models import Cohort


def plan_to_report(cohort: Cohort) -> Run | None:
    """The plan published last; plans that are not published are for admins only."""
    plans = runs_of(cohort).plans().filter(published_at__isnull=False)
    return plans.order_by("-published_at", "-pk").first()


def scores_of(run: Run) -> list[int]:
    """In the engine's units."""
    return list(RunPair.objects.filter(run=run).order_by().values_list("score", flat=True))


def shared_topics(run: Run) -> dict[str, int]:
    """In how many pairs the one offers what the other seeks, by topic; one query."""
    pairs = RunPair.objects.filter(
        run=run,
        mentee__member__topic_choices__direction=Direction.SOUGHT,
        mentor__member__topic_choices__direction=Direction.OFFERED,
        mentor__member__topic_choices__topic=F("mentee__member__topic_choices__topic"),
    )
    rows = pairs.order_by().values_list("mentee__member__topic_choices__topic__name")
    return dict(rows.annotate(count=Count("pk", distinct=True)))


def departments_of(run: Run) -> Counter[str]:
    """How many people with a partner work where; two queries."""
    found: Counter[str] = Counter()
    for side in Side:
        name = f"{side.value}__member__department__name"
        rows = RunPair.objects.filter(run=run).order_by().values_list(name)
        for department, count in rows.annotate(count=Count(side.value, distinct=True)):
            found[department or ""] += count
    return found
