"""What is being sent out of plans, for members whose reach the cohort is in."""

from django.db.models import QuerySet

from mentoring.matching.models import Publication, RunPair
from mentoring.matching.queries.runs import pairs_of
from programs.models import Cohort


def publications_in(cohort: Cohort) -> QuerySet[Publication]:
    """Those of all plans of the cohort, the newest first."""
    found = Publication.objects.filter(run__cohort=cohort).order_by("-asked_at", "-pk")
    return found.select_related("asked_by", "run")


def on_the_way(cohort: Cohort) -> Publication | None:
    """The one that a worker is at or that waits for a worker."""
    return Publication.objects.on_the_way().filter(run__cohort=cohort).first()


def passed_over_in(publication: Publication) -> QuerySet[RunPair]:
    """The pairs that were not proposed and have not been sent out again, with their people."""
    return pairs_of(publication.run).filter(publication=publication).exclude(passed_over="")
