"""What admins want of single pairs."""

from django.db.models import QuerySet

from mentoring.matching.enums import Wanted
from mentoring.matching.models import PairWish
from programs.models import Cohort, Participant


def wishes_in(cohort: Cohort) -> QuerySet[PairWish]:
    """All wishes of a cohort with the people they are about, the newest first."""
    people = [f"{side}__member__{what}" for side in ("mentor", "mentee") for what in PLACES]
    found = PairWish.objects.filter(cohort=cohort).select_related(
        "wanted_by", "approved_by", "cohort", *people
    )
    return found.order_by("-wanted_at", "pk")


def waiting_in(cohort: Cohort) -> QuerySet[PairWish]:
    """Exceptions from rules that no second person has decided about."""
    return wishes_in(cohort).filter(wanted=Wanted.LOCK, approved_by=None, broken__len__gt=0)


def wish_about(mentor: Participant, mentee: Participant) -> PairWish | None:
    """What is wanted of this pair."""
    return wishes_in(mentor.cohort).filter(mentor=mentor, mentee=mentee).first()


PLACES = ("department", "grade")
